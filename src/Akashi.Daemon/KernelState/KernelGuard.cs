using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.KernelState;

/// <summary>Lets the kernel's audit be changed for a while, and sees to it that it is put back, whatever becomes of this process.</summary>
/// <remarks>
/// <code>
/// take      restore first where an earlier owner died; look at the kernel; write /run/akashi/kernel/before; start the watcher
/// changes   by whoever holds the guard
/// restore   put back; remove the file; close the pipe: the watcher finds nothing to do
/// killed    the pipe closes by itself: the watcher finds the file, and puts back; where it was killed too, the next taking does
/// </code>
/// The snapshot is on the disk before anything changes, and goes after everything is put back: at every moment between, somebody can restore.
/// Not for several threads.
/// </remarks>
public sealed class KernelGuard : IDisposable
{
    /// <summary>The command of the watcher: <c>akashi restore-when-gone DIRECTORY [FILE]</c>, with the pipe's reader as descriptor 3.</summary>
    public const string WatcherCommand = "restore-when-gone";

    readonly IHost _host;
    readonly KernelSnapshotFile _file;
    readonly Pipe? _pipe;
    readonly int _watcherPid;
    bool _isDone;

    KernelGuard(IHost host, KernelSnapshotFile file, KernelSnapshot before, Pipe? pipe, int watcherPid)
    {
        _host = host;
        _file = file;
        _pipe = pipe;
        _watcherPid = watcherPid;
        Before = before;
    }

    /// <summary>The kernel's audit as it was.</summary>
    public KernelSnapshot Before { get; private set; }

    /// <summary>The watcher; 0 where there is none.</summary>
    public int WatcherPid => _watcherPid;

    /// <summary>Puts back what an owner that died left, where one did.</summary>
    /// <returns>The outcome; null where there was nothing to restore.</returns>
    /// <exception cref="AuditException">An owner is alive, or its file is damaged or can't be read.</exception>
    public static RestoreOutcome? Recover(IHost host, KernelSnapshotFile file)
    {
        if (file.Former is { } former && File.Exists(former.Path))
            Recover(host, former);
        using FileLock restoring = file.Lock();
        if (!file.TryRead(out KernelSnapshot? before))
            return null;
        if (before.Owner.IsAlive)
            throw new AuditException($"process {before.Owner.Pid} holds the kernel's audit already ({file.Path})");
        return Restore(host, file, before, out _);
    }

    /// <summary>Takes the kernel's state down, and starts the watcher. Nothing of the kernel is changed yet.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="file">Where the snapshot goes.</param>
    /// <param name="program">The program that watches, this one; null for no watcher: in tests.</param>
    /// <exception cref="AuditException">The kernel, the file or the watcher can't be had; nothing is left behind.</exception>
    public static KernelGuard Take(IHost host, KernelSnapshotFile file, string? program)
    {
        if (Recover(host, file) == RestoreOutcome.Incomplete)
            throw new AuditException($"what an earlier owner left of the kernel's audit can't be put back ({file.Path} has how it was)");
        return Begin(host, file, program, loan: null);
    }

    /// <summary>The same for who only adds rules beside the owner of the kernel's audit: nothing is put back but what was announced.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="file">A file of its own: <see cref="KernelSnapshotFile.Beside"/>.</param>
    /// <param name="program">The program that watches, this one; null for no watcher: in tests.</param>
    /// <exception cref="AuditException">The kernel, the file or the watcher can't be had; nothing is left behind.</exception>
    public static KernelGuard TakeBeside(IHost host, KernelSnapshotFile file, string? program) =>
        Begin(host, file, program, new KernelLoan([], BacklogWaitTime: null, IsAll: true));

    static KernelGuard Begin(IHost host, KernelSnapshotFile file, string? program, KernelLoan? loan)
    {
        using IAuditKernel kernel = host.OpenAuditKernel();
        KernelSnapshot before = KernelSnapshot.Take(kernel, ProcessMark.Self) with { Loan = loan };
        file.Write(before);
        Pipe? pipe = null;
        try
        {
            pipe = program is null ? null : Pipe.Open();
            int watcher = pipe is null
                ? 0
                : DetachedProcess.Start(program!, ["akashi", WatcherCommand, file.Directory, file.Name], pipe.Reader);
            return new KernelGuard(host, file, before, pipe, watcher);
        }
        catch (AuditException)
        {
            pipe?.Dispose();
            file.Remove();
            throw;
        }
    }

    /// <summary>Takes away what processes left that added rules beside an owner and were killed together with their watchers.</summary>
    /// <exception cref="AuditException">The kernel can't be asked, or a file is damaged.</exception>
    public static void RecoverBeside(IHost host, string directory)
    {
        foreach (KernelSnapshotFile file in KernelSnapshotFile.FindBeside(host.Files, directory))
        {
            using FileLock restoring = file.Lock();
            if (file.TryRead(out KernelSnapshot? before) && !before.Owner.IsAlive)
                Restore(host, file, before, out _);
        }
    }

    /// <summary>Writes down what is about to be added, so that it can be taken away where another process owns the kernel's audit by then.</summary>
    /// <exception cref="TrailException">The disk refused.</exception>
    public void Announce(KernelLoan loan)
    {
        KernelSnapshot announced = Before with { Loan = loan };
        _file.Write(announced);
        Before = announced;
    }

    /// <summary>Puts the kernel back, and forgets the snapshot where that succeeded.</summary>
    /// <param name="refusal">The first request that the kernel refused; null for none.</param>
    public RestoreOutcome Restore(out KernelRequestException? refusal)
    {
        refusal = null;
        if (_isDone)
            return RestoreOutcome.Restored;
        using FileLock restoring = _file.Lock();
        RestoreOutcome outcome = Restore(_host, _file, Before, out refusal);
        _isDone = outcome != RestoreOutcome.Incomplete;
        return outcome;
    }

    /// <summary>What the watcher does when its owner's end of the pipe is closed: waits for the owner's end, and restores where it didn't.</summary>
    /// <returns>The outcome; null where there was nothing to do.</returns>
    /// <exception cref="AuditException">The file is damaged, or the kernel can't be asked.</exception>
    public static RestoreOutcome? RestoreAfter(IHost host, KernelSnapshotFile file)
    {
        WaitForOwner(file);
        using FileLock restoring = file.Lock();
        return file.TryRead(out KernelSnapshot? before) && !before.Owner.IsAlive ? Restore(host, file, before, out _) : null;
    }

    /// <summary>Puts back what wasn't yet, and lets the watcher end.</summary>
    public void Dispose()
    {
        Restore(out _);
        _pipe?.Dispose();
        if (_watcherPid == 0)
            return;
        using ProcessHandle? watcher = ProcessHandle.Open(_watcherPid);
        if (watcher?.WaitForEnd(TimeSpan.FromSeconds(5)) == true)
            DetachedProcess.TryReap(_watcherPid, out _);
    }

    // A process that is being killed closes its files before it counts as ended.
    static void WaitForOwner(KernelSnapshotFile file)
    {
        if (!file.TryRead(out KernelSnapshot? before))
            return;
        using ProcessHandle? owner = ProcessHandle.Open(before.Owner.Pid);
        if (owner is not null && before.Owner.IsAlive)
            owner.WaitForEnd(Timeout.InfiniteTimeSpan);
    }

    // What an immutable kernel, or another owner, doesn't allow can't be put back later either: the snapshot is of no use any more.
    static RestoreOutcome Restore(IHost host, KernelSnapshotFile file, KernelSnapshot before, out KernelRequestException? refusal)
    {
        using IAuditKernel kernel = host.OpenAuditKernel();
        var restore = new KernelRestore(kernel, before);
        RestoreOutcome outcome = restore.Run();
        refusal = restore.Refusal;
        if (outcome != RestoreOutcome.Incomplete)
            file.Remove();
        return outcome;
    }
}
