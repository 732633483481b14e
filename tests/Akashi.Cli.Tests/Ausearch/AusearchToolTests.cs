using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Ausearch;

public class AusearchToolTests
{
    const string Log =
        "type=SYSCALL msg=audit(1795262400.000:1): arch=c000003e syscall=59 success=yes exit=0 ppid=7 pid=8 auid=1000 uid=0 gid=50 euid=0 egid=50 tty=pts0 ses=3 comm=\"ls\" exe=\"/usr/bin/ls\" key=\"exec\"\n"
        + "type=PATH msg=audit(1795262400.000:1): item=0 name=\"/etc/passwd\" nametype=NORMAL\n"
        + "type=SYSCALL msg=audit(1795262405.000:2): arch=c000003e syscall=2 success=no exit=-13 ppid=7 pid=9 auid=4294967295 uid=1000 gid=1000 euid=1000 egid=1000 tty=(none) ses=4294967295 comm=\"cat\" exe=\"/usr/bin/cat\" key=(null)\n"
        + "node=far type=USER_LOGIN msg=audit(1795262410.000:3): pid=5 uid=0 auid=1000 ses=4 msg='op=login acct=\"bob\" exe=\"/usr/sbin/sshd\" hostname=h1 addr=10.0.0.1 terminal=ssh res=failed'\n";

    [Theory]
    [InlineData("1", "-k", "exec")]
    [InlineData("1", "-k", "xe")]
    [InlineData("", "-w", "-k", "xe")]
    [InlineData("13", "-ul", "bob", "-ua", "root")]
    [InlineData("1", "-ul", "bob", "-ue", "root")]
    [InlineData("13", "-ul", "1000")]
    [InlineData("2", "-ul", "-1")]
    [InlineData("2", "-ul", "4294967295")]
    [InlineData("2", "-ui", "bob")]
    [InlineData("1", "-ga", "staff")]
    [InlineData("1", "-p", "8")]
    [InlineData("12", "-pp", "7")]
    [InlineData("1", "-sc", "execve")]
    [InlineData("2", "--arch", "b64", "-sc", "open")]
    [InlineData("", "--arch", "b32")]
    [InlineData("2", "-e", "-13")]
    [InlineData("2", "-e", "-EACCES")]
    [InlineData("1", "-sv", "yes")]
    [InlineData("23", "-sv", "no")]
    [InlineData("1", "-f", "passwd")]
    [InlineData("3", "-hn", "10.0.0")]
    [InlineData("3", "-tm", "ssh")]
    [InlineData("3", "-x", "sshd")]
    [InlineData("2", "-c", "cat")]
    [InlineData("3", "-n", "far")]
    [InlineData("3", "-m", "USER_LOGIN")]
    [InlineData("3", "-m", "user_Login")]
    [InlineData("13", "-m", "PATH,1112")]
    [InlineData("123", "-m", "ALL")]
    [InlineData("123", "-m", "all")]
    [InlineData("2", "--session", "unset")]
    [InlineData("1", "--session", "3")]
    [InlineData("3", "-a", "3")]
    [InlineData("1", "--just-one")]
    [InlineData("23", "-ts", "11/21/26", "12:00:01")]
    [InlineData("2", "-ts", "11/21/26", "12:00:05", "-te", "12:00:05", "11/21/26")]
    [InlineData("1", "-te", "11/21/26")]
    [InlineData("123", "-ts", "today")]
    [InlineData("123", "-ts", "yesterday", "12:00")]
    [InlineData("123", "-ts", "recent")]
    [InlineData("23", "-ts", "12:00:02")]
    public void Options_select(string serials, params string[] arguments)
    {
        AusearchRun run = AusearchRun.Of(Log, [.. arguments, "-r"]);

        string found = string.Concat("123".Where(serial => run.Output.Contains($":{serial}):")));
        Assert.Equal(serials, found);
        Assert.Equal(serials.Length > 0 ? 0 : 1, run.ExitCode);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("-k")]
    [InlineData("-k", "-r")]
    [InlineData("--nosuch")]
    [InlineData("word")]
    [InlineData("-k", "a", "b")]
    [InlineData("-p", "x")]
    [InlineData("-sv", "maybe")]
    [InlineData("-m", "NOSUCH")]
    [InlineData("-ua", "nobody-here")]
    [InlineData("-ga", "nobody-here")]
    [InlineData("-e", "ENOSUCH")]
    [InlineData("-sc", "nosuch")]
    [InlineData("--arch", "vax")]
    [InlineData("--arch", "b64", "--arch", "b32")]
    [InlineData("--format", "xml")]
    [InlineData("-r", "-i")]
    [InlineData("-ts", "notatime")]
    [InlineData("-ts", "11/21/26", "11/22/26")]
    [InlineData("-ts", "11/21/03")]
    [InlineData("-te", "25:00:00")]
    public void What_cannot_be_taken_is_said_in_one_line_and_ends_with_1(params string[] arguments)
    {
        AusearchRun run = AusearchRun.Of(Log, arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.StartsWith("ausearch: ", run.Error);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Nothing_found_is_said_unless_the_format_is_raw()
    {
        Assert.Equal("<no matches>\n", AusearchRun.Of(Log, "-k", "nosuch").Error);
        Assert.Equal("<no matches>\n", AusearchRun.Of(Log, "-k", "nosuch", "-i").Error);
        Assert.Equal("", AusearchRun.Of(Log, "-k", "nosuch", "-r").Error);
    }

    [Fact]
    public void Without_arguments_the_usage_is_printed_and_the_code_is_1()
    {
        AusearchRun run = AusearchRun.Of(Log);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("usage: ausearch", run.Output);
    }

    [Fact]
    public void Version_is_the_one_it_behaves_as()
    {
        AusearchRun run = AusearchRun.Of(Log, "-v");

        Assert.Equal((0, "ausearch version 4.2.2\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void A_log_that_is_missing_is_said_in_one_line()
    {
        AusearchRun run = AusearchRun.Of(Log, "-if", "/nowhere/audit.log", "-r");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("ausearch: cannot open /nowhere/audit.log: No such file or directory\n", run.Error);
    }

    [Fact]
    public void A_directory_is_its_logs_oldest_first()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["audit.log"], "type=CWD msg=audit(30.000:3): \n");
        File.WriteAllText(folder["audit.log.1"], "type=CWD msg=audit(20.000:2): \n");
        File.WriteAllText(folder["audit.log.3"], "type=CWD msg=audit(10.000:1): \n");

        AusearchRun run = AusearchRun.Of(Log, "-if", folder.Path, "-r");

        Assert.Equal("type=CWD msg=audit(10.000:1): \ntype=CWD msg=audit(20.000:2): \ntype=CWD msg=audit(30.000:3): \n", run.Output);
    }

    [Fact]
    public void Lines_that_are_no_records_are_counted_on_standard_error()
    {
        AusearchRun run = AusearchRun.Of("noise\n" + Log + "type=PATH msg=audit(x): \n", "-r");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            "ausearch: 2 lines are no records: 1 × the line doesn't begin with type=, 1 × the stamp is not SECONDS.MSC:SERIAL\n", run.Error);
        Assert.Equal(4, run.Output.Count(letter => letter == '\n'));
    }

    [Fact]
    public void A_line_of_a_megabyte_is_counted_and_hides_nothing()
    {
        AusearchRun run = AusearchRun.Of("type=PATH msg=audit(1.000:9): name=" + new string('A', 1_000_000) + "\n" + Log, "-a", "3", "-r");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("ausearch: 1 line is no record: 1 × the line is longer than a record can be\n", run.Error);
    }

    [Fact]
    public void Control_bytes_of_a_record_never_reach_the_terminal()
    {
        string log = "type=USER msg=audit(5.000:1): pid=1 msg='text=\u001b[2J key=1B5B324A exe=\"a\u0007b\"\u001b]0;x'\n";

        Assert.DoesNotContain('\u001b', AusearchRun.Of(log, "-i").Output);
        Assert.DoesNotContain('\u001b', AusearchRun.Of(log, "--format", "default").Output);
        Assert.DoesNotContain('\u0007', AusearchRun.Of(log, "-i").Output);
    }

    [Fact]
    public void Damaged_logs_never_crash_and_never_hang() => Seeded.Repeat(150, random =>
    {
        string[] names = [.. TestLogs.Names];
        byte[] log = TestLogs.Bytes(names[random.Next(names.Length)]);
        int start = random.Next(log.Length);
        byte[] damaged = Mutations.Damage(log.AsSpan(start, Math.Min(20_000, log.Length - start)), random);
        string[] format = random.Next(3) switch { 0 => ["-r"], 1 => ["-i"], _ => ["--format", "default"] };
        string[] search = random.Next(4) switch { 0 => ["-k", "e"], 1 => ["-hn", "1"], 2 => ["-ua", "root"], _ => [] };

        AusearchRun run = AusearchRun.Of(new ChoppedStream(damaged, random, 5000), FileKind.Fifo, [.. search, .. format]);

        Assert.InRange(run.ExitCode, 0, 1);
        Assert.Equal(run.ExitCode == 0, run.OutputBytes.Length > 0);
    });

    // Every record of a log comes out once, whatever the damage: what is no record is counted.
    [Fact]
    public void Without_conditions_every_line_is_printed_or_counted() => Seeded.Repeat(60, random =>
    {
        byte[] damaged = Mutations.Damage(TestLogs.Bytes("articles.log"), random);
        string[] lines = System.Text.Encoding.Latin1.GetString(damaged).Split('\n');
        int expected = lines.Count(line => line.StartsWith("type=") && !line.StartsWith("type=EOE"));

        AusearchRun run = AusearchRun.Of(damaged, "-r");

        int printed = run.OutputBytes.Count(letter => letter == (byte)'\n');
        int counted = run.Error.Length == 0 ? 0 : int.Parse(run.Error.Split(' ')[1]);
        Assert.Equal(lines.Length - (lines[^1].Length == 0 ? 1 : 0), printed + counted);
        Assert.True(printed <= expected);
    });
}
