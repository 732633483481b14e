using Akashi.Cli.Live;
using Akashi.Daemon.KernelState;
using Akashi.Events;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Live;
using Akashi.Rules;
using System.Globalization;

namespace Akashi.Cli.Borrowing;

/// <summary>The kernel's audit in the hands of a command that watches for a while: it adds rules, reads what they make, and leaves it as it was.</summary>
/// <remarks>
/// <code>
/// nobody owns it    we own it: it's switched on, its records come to us and are stored nowhere; all of it is put back
/// somebody owns it  that one's settings stay; our rules go, and the wait for the backlog where we set it; we read beside the owner
/// </code>
/// Either way a watcher puts back where this process is killed, and the next borrower where the watcher is killed too. Not for several threads.
/// </remarks>
sealed class BorrowedKernel : IDisposable
{
    const uint BacklogRecords = 8192;
    const uint EnabledAndLocked = 2;
    const int NoSuchFile = 2;

    readonly IHost _host;
    readonly FileLock? _lock;
    readonly KernelGuard _guard;
    readonly List<byte[]> _added = [];

    BorrowedKernel(IHost host, AuditOwner? owner, FileLock? taken, KernelGuard guard)
    {
        _host = host;
        Owner = owner;
        _lock = taken;
        _guard = guard;
        Kernel = host.OpenAuditKernel();
    }

    /// <summary>Who owns it beside us; null where we own it.</summary>
    public AuditOwner? Owner { get; }

    /// <summary>For requests.</summary>
    public IAuditKernel Kernel { get; }

    /// <summary>The kernel as it was.</summary>
    public KernelSnapshot Before => _guard.Before;

    /// <summary>Borrows it.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="place">Where what is borrowed is written down, and who watches.</param>
    /// <exception cref="AuditException">The rules are locked, auditing is switched off under its owner, or the kernel can't be had; nothing is changed.</exception>
    public static BorrowedKernel Borrow(IHost host, BorrowingPlace place)
    {
        KernelGuard.RecoverBeside(host, place.Directory);
        AuditStatus status;
        using (IAuditKernel kernel = host.OpenAuditKernel())
            status = kernel.GetStatus();
        if (status.Enabled == EnabledAndLocked)
            throw new AuditException("the rules are locked until the next boot (enabled 2): none can be added");
        AuditOwner? owner = AuditOwner.Find(status);
        if (owner is not null && status.Enabled == 0)
            throw new AuditException($"{owner} owns the kernel's audit and has it switched off (auditctl -e 1 switches it on)");
        return owner is null ? Own(host, place) : BorrowBeside(host, place, owner);
    }

    /// <summary>The events from now on: all that the kernel makes, ours among them.</summary>
    public KernelFollower Follow() => new(Owner is null ? _host.TakeAuditEvents() : _host.JoinAuditMulticast(), _host.Clock);

    /// <summary>Switches auditing on where we own it: a process that begins before is never recorded.</summary>
    public void SwitchOn()
    {
        if (Owner is not null)
            return;
        AuditStatus status = Kernel.GetStatus();
        AuditStatusMask mask = status.Enabled == 0 ? AuditStatusMask.Enabled : AuditStatusMask.None;
        if (status.BacklogLimit is not 0 and < BacklogRecords)
            mask |= AuditStatusMask.BacklogLimit;
        if (mask != AuditStatusMask.None)
            Kernel.SetStatus(mask, status with { Enabled = 1, BacklogLimit = BacklogRecords });
    }

    /// <summary>Writes down what is about to be added, and sets the wait for the backlog.</summary>
    /// <param name="rules">All the rules that <see cref="Add"/> will be called with.</param>
    /// <param name="backlogWaitTime">The wait; null to leave it.</param>
    public void Announce(IEnumerable<byte[]> rules, uint? backlogWaitTime)
    {
        _guard.Announce(new KernelLoan([.. rules.Select(rule => HeldRule.ToListed(rule))], backlogWaitTime, IsAll: Owner is not null));
        if (backlogWaitTime is { } wait)
            Kernel.SetStatus(AuditStatusMask.BacklogWaitTime, new AuditStatus { BacklogWaitTime = wait });
    }

    /// <summary>Adds a rule that was announced.</summary>
    /// <exception cref="KernelRequestException">The kernel refuses it.</exception>
    public void Add(byte[] rule)
    {
        Kernel.AddRule(rule);
        _added.Add(HeldRule.ToListed(rule));
    }

    /// <summary>Takes our rules away; the rest is put back by Dispose. The kernel tells each as a CONFIG_CHANGE, after the last event of the rules.</summary>
    /// <returns>How many were still there.</returns>
    public int TakeRulesBack()
    {
        int count = 0;
        foreach (byte[] rule in _added)
        {
            try
            {
                Kernel.DeleteRule(rule);
                count++;
            }
            catch (KernelRequestException exception) when (exception.Errno == NoSuchFile)
            {
                // Somebody else has deleted it.
            }
        }

        _added.Clear();
        return count;
    }

    /// <summary>Puts everything back.</summary>
    /// <exception cref="AuditException">The kernel refused; the next borrower tries again.</exception>
    public void Dispose()
    {
        RestoreOutcome outcome = _guard.Restore(out KernelRequestException? refusal);
        Kernel.Dispose();
        _guard.Dispose();
        _lock?.Dispose();
        if (outcome == RestoreOutcome.Incomplete)
            throw new AuditException($"the kernel's audit is not as it was: {refusal!.Message} (the next run tries again)", refusal);
    }

    // The lock keeps apart whatever changes the kernel's audit for a while: start, tests, measurements.
    static BorrowedKernel Own(IHost host, BorrowingPlace place)
    {
        if (!FileLock.TryTake(place.LockPath, out FileLock? taken))
            throw new AuditException(BorrowingPlace.DescribeHeld(place.LockPath));
        try
        {
            var file = new KernelSnapshotFile(host.Files, place.Directory);
            return new BorrowedKernel(host, null, taken, KernelGuard.Take(host, file, place.WatcherProgram));
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    static BorrowedKernel BorrowBeside(IHost host, BorrowingPlace place, AuditOwner? owner)
    {
        KernelSnapshotFile file = KernelSnapshotFile.Beside(host.Files, place.Directory, Environment.ProcessId);
        return new BorrowedKernel(host, owner, null, KernelGuard.TakeBeside(host, file, place.WatcherProgram));
    }
}
