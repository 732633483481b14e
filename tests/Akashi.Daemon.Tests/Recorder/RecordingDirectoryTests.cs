using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Terminals;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public sealed class RecordingDirectoryTests : IDisposable
{
    const string BootId = "0f3a9c1e-0000-0000-0000-000000000000";

    readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        foreach (string file in Directory.GetFiles(_folder["recordings"]))
            AppendOnlyFlag.TrySet(file, false);
        _folder.Dispose();
    }

    [Fact]
    public void A_name_is_given_once_also_after_its_recording_was_packed()
    {
        RecordingDirectory directory = RecordingDirectory.Open(_folder["recordings"], BootId);
        using AppendingFile first = directory.Create(TestHost.Noon, "alice", 7, "pts3", out string path, out _);
        Assert.Equal("20261121-120000-alice-ses7-0f3a9c1e-pts3.cast", Path.GetFileName(path));
        AppendOnlyFlag.TrySet(path, false);
        File.Move(path, path + ".zst");
        using AppendingFile second = directory.Create(TestHost.Noon, "alice", 7, "pts3", out path, out _);

        Assert.Equal("20261121-120000-alice-ses7-0f3a9c1e-pts3-2.cast", Path.GetFileName(path));
    }

    [Fact]
    public void What_is_recorded_into_is_found_by_its_lock_and_nothing_is_left_of_making_it()
    {
        RecordingDirectory directory = RecordingDirectory.Open(_folder["recordings"], BootId);
        using AppendingFile live = directory.Create(TestHost.Noon, "alice", 7, "pts3", out string path, out _);
        directory.Create(TestHost.Noon, "bob", ProcessIdentity.Unset, "pts4", out _, out _).Dispose();

        Assert.Equal([(path, 7u)], directory.FindLive());
        Assert.DoesNotContain(Directory.GetFiles(_folder["recordings"]), name => name.EndsWith(AppendingFile.MakingEnding, StringComparison.Ordinal));
    }
}
