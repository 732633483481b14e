using Akashi.Testing;

namespace Akashi.Cli.Tests.Ausearch.Checkpoints;

public sealed class CheckpointTests
{
    const string NoDebian = "Debian's own tools aren't there: eng/yardsticks.sh fetches them";

    [Trait("Category", "Long")]
    [Fact]
    public void Every_run_prints_what_Debians_prints()
    {
        Assert.SkipUnless(File.Exists(CheckpointCommand.Original), NoDebian);
        Seeded.Repeat(12, PrintAsDebians);
    }

    static void PrintAsDebians(Random random)
    {
        using var logs = new GrowingLogs(random) { HasLateRecords = false };
        for (int run = 0; run < 8; run++)
        {
            GrowQuietly(logs, random, run);
            CheckpointCommand expected = CheckpointCommand.RunOriginal("-if", logs.Path, "--checkpoint", logs["original"], "-r");

            // Each with a history of its own: with a position, without one, and on a file that both write by turns.
            Delete(logs["classic.position"]);
            CheckpointCommand[] runs =
            [
                CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["ours"], "-r"),
                CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["classic"], "-r"),
                random.Next(2) == 0
                    ? CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["shared"], "-r")
                    : CheckpointCommand.RunOriginal("-if", logs.Path, "--checkpoint", logs["shared"], "-r"),
            ];

            Assert.All(runs, ours => Assert.Equal(expected.Output, ours.Output));
            Assert.All(runs, ours => Assert.Equal(expected.ExitCode, ours.ExitCode));
            string text = File.ReadAllText(logs["original"]);
            Assert.Equal([text, text, text], new[] { "ours", "classic", "shared" }.Select(name => File.ReadAllText(logs[name])));
        }
    }

    // Also where the original loses or repeats: events that span a rotation, clocks that are set back.
    [Trait("Category", "Long")]
    [Fact]
    public void All_runs_together_print_every_event_once() => Seeded.Repeat(40, random =>
    {
        using var logs = new GrowingLogs(random) { JumpMilliseconds = random.Next(2) * 60_000 };
        string printed = "";
        for (int run = 0; run < 10; run++)
        {
            if (run > 0 && random.Next(3) == 0)
                logs.Rotate();
            logs.Grow(random.Next(0, 40));
            CheckpointCommand ours = CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["ours"], "-r");
            Assert.InRange(ours.ExitCode, 0, 1);
            printed += ours.Output;
        }

        CheckpointCommand whole = CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["whole"], "-r");

        Assert.Equal(whole.Output, printed);
        Assert.Equal(File.ReadAllText(logs["whole"]), File.ReadAllText(logs["ours"]));
    });

    [Fact]
    public void A_position_that_was_changed_costs_time_but_changes_nothing() => Seeded.Repeat(60, random =>
    {
        using var logs = new GrowingLogs(random) { HasLateRecords = false };
        GrowQuietly(logs, random, 0);
        _ = CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["ours"], "-r");
        byte[] position = File.ReadAllBytes(logs["ours.position"]);
        File.Copy(logs["ours"], logs["classic"]);
        GrowQuietly(logs, random, 1);
        byte[] changed = Mutations.Damage(position, random);
        File.WriteAllBytes(logs["ours.position"], changed);

        CheckpointCommand ours = CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["ours"], "-r");

        Assert.Equal(CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["classic"], "-r").Output, ours.Output);
    });

    [Fact]
    public void A_position_of_others_or_through_a_link_is_passed_over()
    {
        using var logs = new GrowingLogs(new Random(1));
        logs.Settle();
        _ = CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["cp"], "-r");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(logs["cp"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(logs["cp.position"]));

        // A position that lies, of somebody who may write there: its end is behind what is new.
        logs.Settle();
        string forged = Forge(File.ReadAllText(logs["cp.position"]), new FileInfo(Path.Combine(logs.Path, "audit.log")));
        File.WriteAllText(logs["cp.position"], forged);
        File.SetUnixFileMode(logs["cp.position"], (UnixFileMode)0x1B6);
        Assert.NotEmpty(CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["cp"], "-r").Output);

        logs.Settle();
        File.Move(logs["cp.position"], logs["elsewhere"]);
        File.CreateSymbolicLink(logs["cp.position"], logs["elsewhere"]);
        Assert.NotEmpty(CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["cp"], "-r").Output);
        Assert.Null(File.ResolveLinkTarget(logs["cp.position"], returnFinalTarget: false));
    }

    [Fact]
    public void A_log_written_anew_in_place_is_read_the_classic_way()
    {
        using var logs = new GrowingLogs(new Random(1));
        logs.Grow(50);
        logs.Settle();
        _ = CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["cp"], "-r");
        string log = Path.Combine(logs.Path, "audit.log");
        using (FileStream file = File.Open(log, FileMode.Open))
            file.SetLength(0);
        logs.Grow(80);
        logs.Settle();

        CheckpointCommand ours = CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["cp"], "-r");

        Assert.Equal(12, ours.ExitCode);
        Assert.Contains("Corrupted checkpoint file. Inode match, but newer complete event (", ours.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_line_without_its_end_is_no_position()
    {
        using var logs = new GrowingLogs(new Random(1));
        logs.Settle();
        string log = Path.Combine(logs.Path, "audit.log");
        File.AppendAllText(log, "type=USER_LOGIN msg=audit(1700000020.000:900): pid=1 uid=0");
        Assert.Contains(":900)", CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["cp"], "-r").Output, StringComparison.Ordinal);
        Assert.False(File.Exists(logs["cp.position"]));
        File.AppendAllText(log, " auid=0 ses=1\n");

        CheckpointCommand again = CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["cp"], "-r");

        Assert.Equal("", again.Output);
        Assert.Equal(1, again.ExitCode);
    }

    [Fact]
    public void A_name_that_is_no_file_is_not_replaced()
    {
        using var logs = new GrowingLogs(new Random(1));
        logs.Settle();
        Directory.CreateDirectory(logs["cp"]);

        Assert.Equal(10, CheckpointCommand.Run("-if", logs.Path, "--checkpoint", logs["cp"], "-r").ExitCode);
        Assert.Equal(10, CheckpointCommand.Run("-if", logs.Path, "--checkpoint", "/dev/null", "-r").ExitCode);
        Assert.True(Directory.Exists(logs["cp"]));
    }

    static string Forge(string position, FileInfo log)
    {
        string[] lines = position.Split('\n');
        string end = lines[3].Split(' ')[2];
        return string.Join('\n', lines.Select(line => line.Replace($" {end} ", $" {log.Length} ", StringComparison.Ordinal)));
    }

    // So that the original's faults don't show: it loses the beginnings of events that span a rotation. (And where late records make several
    // events of one stamp and type, it begins behind the first of them and prints again what followed.)
    static void GrowQuietly(GrowingLogs logs, Random random, int run)
    {
        if (run > 0 && random.Next(3) == 0)
        {
            logs.Settle();
            logs.Rotate();
            logs.Settle();
        }

        if (run == 0 || random.Next(4) > 0)
            logs.Grow(random.Next(0, 30));
        if (run == 0 || random.Next(4) == 0)
            logs.Settle();
    }

    static void Delete(string path) => File.Delete(path);
}
