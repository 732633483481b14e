using Akashi.Daemon.Recorder;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public sealed class RecordingSyncTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly List<string> _live = [];
    readonly List<string> _log = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_flushed_when_they_grew_and_only_then()
    {
        using var sync = new RecordingSync(new LinuxHost().Files, () => 1, () => [.. _live], _log.Add);
        Assert.Equal(0, sync.Flush());
        foreach (string name in (string[])["one", "two"])
        {
            File.WriteAllText(_folder[name], "x");
            _live.Add(_folder[name]);
        }

        Assert.Equal(2, sync.Flush());
        Assert.Equal(0, sync.Flush());
        File.AppendAllText(_folder["two"], "y");
        Assert.Equal(1, sync.Flush());
        _live.Remove(_folder["one"]);
        Assert.Equal(0, sync.Flush());
        _live.Add(_folder["one"]);
        Assert.Equal(1, sync.Flush());
        Assert.Empty(_log);
    }

    [Fact]
    public void One_that_is_gone_is_said_once_and_the_others_are_flushed()
    {
        using var sync = new RecordingSync(new LinuxHost().Files, () => 1, () => [.. _live], _log.Add);
        File.WriteAllText(_folder["one"], "x");
        _live.AddRange([_folder["gone"], _folder["one"]]);

        Assert.Equal(1, sync.Flush());
        File.AppendAllText(_folder["one"], "x");
        Assert.Equal(1, sync.Flush());
        Assert.Contains("gone", _log[0]);
    }
}
