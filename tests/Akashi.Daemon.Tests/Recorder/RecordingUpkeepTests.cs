using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Files;
using Akashi.Linux.Terminals;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public sealed class RecordingUpkeepTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ScriptedKernel _kernel = new();
    readonly IHost _host = new LinuxHost();
    readonly List<string> _log = [];
    RecorderConfiguration _configuration = RecorderConfiguration.Default with { Compresses = false };

    public RecordingUpkeepTests() => Directory.CreateDirectory(_folder["recordings"]);

    public void Dispose()
    {
        foreach (string file in Directory.GetFiles(_folder["recordings"]))
            AppendOnlyFlag.TrySet(file, false);
        _folder.Dispose();
    }

    [Fact]
    public void A_recording_that_goes_on_is_left_alone_and_one_that_ended_is_told_once()
    {
        string path = PathOf("one");
        using (AppendingFile file = AppendingFile.Create(path, out _))
        {
            Write(file, ends: true);
            Look();
            Assert.Empty(_log);
        }

        WaitUntilLeft(path);
        Look();
        Look();

        string said = Assert.Single(_log);
        Assert.Matches("^op=session-recorded acct=\"shota\" id=1000 rec_ses=12 name=\"one.cast\" hash=[0-9a-f]{64} bytes=[0-9]+ gaps=0 missing=0 state=whole res=success$", said);
    }

    [Theory]
    [InlineData("an other", "unset", "acct=616E206F74686572 id=-1 rec_ses=12")]
    [InlineData("", "0 op=x", "acct=? id=? rec_ses=12")]
    public void Whose_session_it_was_is_told_so_that_nothing_is_forged(string user, string auid, string words)
    {
        Leave("one", file => Write(file, ends: true, user: user, auid: auid));

        Look();

        Assert.StartsWith($"op=session-recorded {words} name=\"one.cast\" ", Assert.Single(_log));
    }

    [Fact]
    public void One_of_a_setup_that_tried_a_login_is_told_as_that()
    {
        foreach ((string name, string trial) in (ReadOnlySpan<(string, string)>)[("20261121-165000-shota-ses12-0f3a9c1e-pts3", "yes"), ("20261121-165000-shota-ses12-0f3a9c1e-pts4", "no"), ("another", "yes")])
            Leave(name, file => Write(file, ends: true, trial: trial));

        Look();

        Assert.Equal([" trial=yes res=success", " res=success", " res=success"], _log.OrderBy(line => line[line.IndexOf("name=")..], StringComparer.Ordinal).Select(line => line[(line.IndexOf("state=whole") + 11)..]));
    }

    [Fact]
    public void A_killed_keepers_recording_is_ended_and_said_to_be_closed()
    {
        Leave("one", file =>
        {
            Write(file, ends: false);
            file.Write("[0.0, \"o\", \"torn"u8);
        });

        Look();

        Assert.Contains("state=closed res=failed", Assert.Single(_log));
        using FileStream stream = File.OpenRead(PathOf("one"));
        RecordingVerifier found = RecordingVerifier.Verify(stream);
        Assert.Equal((RecordingVerdict.EndMissing, 0), (found.Verdict, found.RestBytes));
        Assert.EndsWith(" u=16 its keeper was killed, or the machine stopped", found.Closed);
    }

    [Fact]
    public void Gaps_are_told()
    {
        Leave("one", file => Write(file, ends: true, writer => writer.WriteGap(1, RecordingEventKind.Output, 777, RecordingGapCause.Rate)));

        Look();

        Assert.Contains("gaps=1 missing=777 state=whole res=failed", Assert.Single(_log));
    }

    [Fact]
    public void One_in_which_nothing_was_recorded_is_told_and_removed()
    {
        Leave("one", _ => { });

        Look();

        Assert.Contains("op=session-unrecorded name=\"one.cast\"", Assert.Single(_log));
        Assert.Empty(Directory.GetFiles(_folder["recordings"]));
    }

    [Fact]
    public void Once_somebody_altered_it_that_is_told()
    {
        string path = PathOf("one");
        using (var file = new MemoryStream())
        {
            Write(file, ends: true);
            byte[] altered = file.ToArray();
            altered[altered.AsSpan().IndexOf("shown"u8)] ^= 1;
            File.WriteAllBytes(path, altered);
        }

        Look();

        Assert.Contains("state=altered res=failed", Assert.Single(_log));
    }

    [Fact]
    public void Packed_and_plain_ones_go_by_age_with_their_hashes_and_live_ones_stay()
    {
        _configuration = _configuration with { Compresses = true };
        foreach (string name in (string[])["old", "new"])
        {
            Leave(name, file => Write(file, ends: true));
            if (name == "old")
                Age(name, 40);
        }

        using AppendingFile live = AppendingFile.Create(PathOf("live"), out _);
        Write(live, ends: false);
        Age("live", 80);
        using RecordingUpkeep upkeep = Open();
        upkeep.RunOnce();
        Assert.Equal(["live.cast", "new.cast.zst", "old.cast.zst"], Names());
        string hash = _log.First(line => line.Contains("old.cast")).Split("hash=")[1][..64];

        _configuration = _configuration with { KeepDays = 30 };
        upkeep.RunOnce();

        Assert.Equal(["live.cast", "new.cast.zst"], Names());
        Assert.Equal(
            $"op=recording-removed name=\"old.cast.zst\" hash={hash} reason={Convert.ToHexString("older than keep_days = 30"u8)} res=success", _log[^1]);
    }

    [Fact]
    public void One_that_the_disk_does_not_give_keeps_none_of_the_others_from_their_end()
    {
        const int InputOutput = 5;
        foreach (string name in (string[])["bad", "one", "two"])
        {
            using AppendingFile file = AppendingFile.Create(PathOf(name), out _);
            Write(file, ends: true);
        }

        Age("one", 40);
        _configuration = _configuration with { KeepDays = 30 };
        var files = new RefusingFiles(new LinuxHost().Files)
        {
            Opening = path =>
            {
                if (path == PathOf("bad"))
                    throw new IOException("as .NET has it", InputOutput);
            },
        };
        using RecordingUpkeep upkeep = Open(new TestHost { Files = files, Clock = TimeProvider.System });

        upkeep.RunOnce();

        Assert.Equal(["bad.cast", "two.cast"], Names());
        Assert.Contains($"cannot look after {PathOf("bad")}: Input/output error", _log);
    }

    [Fact]
    public void Whoever_reads_one_reads_on_when_it_is_removed()
    {
        Leave("one", file => Write(file, ends: true));
        Age("one", 40);
        using FileStream reader = File.OpenRead(PathOf("one"));
        long length = reader.Length;
        _configuration = _configuration with { KeepDays = 30 };

        Look();

        Assert.Empty(Names());
        Assert.Equal(length, reader.Read(new byte[length + 1]));
    }

    string PathOf(string name) => Path.Combine(_folder["recordings"], name + ".cast");

    void Leave(string name, Action<AppendingFile> record)
    {
        using (AppendingFile file = AppendingFile.Create(PathOf(name), out _))
            record(file);
        WaitUntilLeft(PathOf(name));
    }

    // A process that another test starts just then holds all our descriptors, and with them the lock, until its execve(2).
    static void WaitUntilLeft(string path) => Assert.True(SpinWait.SpinUntil(() => !AppendingFile.IsHeld(path), TimeSpan.FromSeconds(20)), "nobody should hold it");

    void Age(string name, int days)
    {
        AppendOnlyFlag.TrySet(PathOf(name), false);
        File.SetLastWriteTimeUtc(PathOf(name), DateTime.UtcNow.AddDays(-days));
        AppendOnlyFlag.TrySet(PathOf(name), true);
    }

    string[] Names() => [.. Directory.GetFiles(_folder["recordings"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    void Look()
    {
        using RecordingUpkeep upkeep = Open();
        upkeep.RunOnce();
    }

    // As a service that begins: what it knew before it reads from the ledger.
    RecordingUpkeep Open(IHost? host = null)
    {
        var audit = new RecorderAudit(() => _kernel, TimeProvider.System, _folder["unsaid"], _log.Add);
        var upkeep = new RecordingUpkeep(host ?? _host, _folder["recordings"], _folder["finished"], () => _configuration, audit, _log.Add);
        upkeep.Load();
        return upkeep;
    }

    static void Write(Stream file, bool ends, Action<RecordingWriter>? more = null, string user = "shota", string auid = "1000", string trial = "")
    {
        var writer = new RecordingWriter(file);
        writer.Begin(new RecordingHeader { IsChained = true, UnixSeconds = 1795279800, Session = [("user", user), ("auid", auid), ("ses", "12"), ("boot", "0f3a9c1e-77"), ("trial", trial)] });
        writer.Write(0, RecordingEventKind.Output, Encoding.UTF8.GetBytes("what was shown\r\n"));
        more?.Invoke(writer);
        writer.Flush();
        if (ends)
            writer.End(1, 0);
    }
}
