using Akashi.Daemon.KernelState;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.KernelState;

/// <summary>The snapshot's file through an owner's life: real files, a scripted kernel.</summary>
public sealed class KernelGuardTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ScriptedHost _host = new();
    readonly KernelSnapshotFile _file;

    public KernelGuardTests() => _file = new KernelSnapshotFile(new LinuxHost().Files, _folder["akashi"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_snapshot_is_on_the_disk_before_anything_changes_and_gone_after_the_restoring()
    {
        using KernelGuard guard = KernelGuard.Take(_host, _file, program: null);
        Assert.True(_file.TryRead(out KernelSnapshot? written));
        Assert.Equal(ProcessMark.Self, written.Owner);
        Change();

        Assert.Equal(RestoreOutcome.Restored, guard.Restore(out _));

        Assert.False(_file.TryRead(out _));
        Assert.Equal(64u, _host.Kernel.Status.BacklogLimit);
    }

    [Fact]
    public void What_an_earlier_version_left_in_its_own_place_is_put_back_too()
    {
        Directory.CreateDirectory(_folder["former"]);
        var former = new KernelSnapshotFile(new LinuxHost().Files, _folder["former"]);
        former.Write(new KernelSnapshot(new ProcessMark(5_000_000, 1), _host.Kernel.Status, default, []));
        Change();

        Assert.Null(KernelGuard.Recover(_host, new KernelSnapshotFile(new LinuxHost().Files, _folder["akashi"], _folder["former"])));

        Assert.Equal(64u, _host.Kernel.Status.BacklogLimit);
        Assert.False(File.Exists(former.Path));
    }

    [Fact]
    public void Directory_and_file_are_for_their_owner_only()
    {
        using KernelGuard guard = KernelGuard.Take(_host, _file, program: null);

        Assert.Equal("drwx", Mode(_file.Directory));
        Assert.Equal("-rw-", Mode(_file.Path));
    }

    [Fact]
    public void A_second_owner_is_refused_while_the_first_lives()
    {
        using KernelGuard guard = KernelGuard.Take(_host, _file, program: null);

        AuditException fault = Assert.Throws<AuditException>(() => KernelGuard.Take(_host, _file, program: null));

        Assert.Equal($"process {Environment.ProcessId} holds the kernel's audit already ({_file.Path})", fault.Message);
    }

    [Fact]
    public void What_a_dead_owner_left_is_put_back_first()
    {
        LeaveBehind(new ProcessMark(5_000_000, 1));

        Assert.Equal(RestoreOutcome.Restored, KernelGuard.Recover(_host, _file));

        Assert.Equal(64u, _host.Kernel.Status.BacklogLimit);
        Assert.False(File.Exists(_file.Path));
    }

    [Fact]
    public void A_number_that_was_given_out_again_is_no_owner()
    {
        LeaveBehind(ProcessMark.Self with { BeganMilliseconds = ProcessMark.Self.BeganMilliseconds - 10 });

        Assert.Equal(RestoreOutcome.Restored, KernelGuard.Recover(_host, _file));
    }

    [Fact]
    public void Where_the_kernel_refuses_the_snapshot_stays_for_the_next_try()
    {
        LeaveBehind(new ProcessMark(5_000_000, 1));
        _host.Kernel.Refusals["set status"] = (1, "Operation not permitted");

        Assert.Equal(RestoreOutcome.Incomplete, KernelGuard.Recover(_host, _file));
        Assert.True(File.Exists(_file.Path));
        _host.Kernel.Refusals.Clear();
        Assert.Equal(RestoreOutcome.Restored, KernelGuard.Recover(_host, _file));
    }

    [Fact]
    public void Where_an_earlier_state_cannot_be_put_back_nobody_takes_a_new_snapshot_over_it()
    {
        LeaveBehind(new ProcessMark(5_000_000, 1));
        byte[] left = File.ReadAllBytes(_file.Path);
        _host.Kernel.Refusals["set status"] = (1, "Operation not permitted");

        Assert.Throws<AuditException>(() => KernelGuard.Take(_host, _file, program: null));

        Assert.Equal(left, File.ReadAllBytes(_file.Path));
    }

    [Fact]
    public void A_damaged_snapshot_changes_nothing_and_says_so()
    {
        LeaveBehind(new ProcessMark(5_000_000, 1));
        File.AppendAllText(_file.Path, "x");

        AuditException fault = Assert.Throws<AuditException>(() => KernelGuard.Recover(_host, _file));

        Assert.StartsWith($"{_file.Path} is damaged", fault.Message);
        Assert.Equal(8192u, _host.Kernel.Status.BacklogLimit);
    }

    [Fact]
    public void A_watcher_that_cannot_start_leaves_nothing_behind()
    {
        AuditException fault = Assert.Throws<AuditException>(() => KernelGuard.Take(_host, _file, program: "/nowhere/akashi"));

        Assert.Equal("cannot start /nowhere/akashi: No such file or directory", fault.Message);
        Assert.False(File.Exists(_file.Path));
    }

    void Change() => _host.Kernel.SetStatus(AuditStatusMask.BacklogLimit, new AuditStatus { BacklogLimit = 8192 });

    void LeaveBehind(ProcessMark owner)
    {
        _file.Write(KernelSnapshot.Take(_host.Kernel, owner));
        Change();
    }

    static string Mode(string path)
    {
        UnixFileMode mode = File.GetUnixFileMode(path);
        Assert.Equal(UnixFileMode.None, mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        return (Directory.Exists(path) ? "d" : "-")
            + (mode.HasFlag(UnixFileMode.UserRead) ? "r" : "-")
            + (mode.HasFlag(UnixFileMode.UserWrite) ? "w" : "-")
            + (mode.HasFlag(UnixFileMode.UserExecute) ? "x" : "-");
    }
}
