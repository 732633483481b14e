using Akashi.Daemon.Recorder;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public sealed class FinishedLedgerTests : IDisposable
{
    static readonly FinishedRecording s_one = new("one.cast", new string('a', 64), 10, 0, 0, "whole");
    static readonly FinishedRecording s_two = new("two.cast", new string('b', 64), 20, 0, 0, "whole");

    readonly TemporaryFolder _folder = new();
    readonly List<string> _log = [];

    string Path => _folder["finished"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_gone_is_left_out_at_the_next_start()
    {
        Write();

        FinishedLedger ledger = Open();
        ledger.Load(name => name == "two.cast", _ => false);

        Assert.Null(ledger.Find("one.cast"));
        Assert.Equal(s_two, ledger.Find("two.cast"));
        Assert.Equal([s_two.ToLine()], File.ReadAllLines(Path));
        Assert.Empty(_log);
    }

    // The recordings' disk isn't mounted yet: their last hashes are evidence.
    [Fact]
    public void Where_no_recording_is_there_none_is_left_out()
    {
        Write();
        File.AppendAllText(Path, "torn.cast aaa");

        FinishedLedger ledger = Open();
        ledger.Load(_ => false, _ => false);

        Assert.Null(ledger.Find("one.cast"));
        Assert.Equal(s_one.Hash, ledger.FindHash("one.cast"));
        Assert.Equal([s_one.ToLine(), s_two.ToLine()], File.ReadAllLines(Path));
    }

    [Fact]
    public void It_is_its_owners_alone()
    {
        const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Write();
        Assert.Equal(OwnersAlone, File.GetUnixFileMode(Path));

        File.WriteAllText(Path + ".new", "of one that was killed");
        Open().Load(_ => true, _ => false);
        Assert.Equal(OwnersAlone, File.GetUnixFileMode(Path));
        Assert.Equal([s_one.ToLine(), s_two.ToLine()], File.ReadAllLines(Path));
    }

    void Write()
    {
        FinishedLedger ledger = Open();
        ledger.Add(s_one);
        ledger.Add(s_two);
    }

    FinishedLedger Open() => new(Path, _log.Add);
}
