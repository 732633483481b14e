using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Files;

namespace Akashi.Live.Tests;

/// <summary>The kernel's audit, held for the whole process: nobody else tests on it, and it's left as it was.</summary>
/// <remarks>
/// Takes the lock of /run/akashi-audit.lock, then the state; both before the first test. A test asks for
/// <see cref="Borrow"/>, which skips aloud where there is nothing to borrow: not root, no audit to be had (the
/// kernel's own reason), another process owns it. As root with the kernel's audit free nothing is skipped.
/// </remarks>
public sealed class KernelAudit : IDisposable
{
    static readonly TimeSpan s_lockTimeout = TimeSpan.FromMinutes(15);

    readonly FileLock? _lock;
    readonly KernelState? _before;
    readonly string? _reason;
    bool _isReturned;

    /// <summary>Takes the lock and the state, or finds out why not.</summary>
    public KernelAudit()
    {
        _reason = Environment.IsPrivilegedProcess ? null : "live tests need root";
        if (_reason is null)
        {
            _lock = TakeLock();
            _before = TryCapture(out _reason);
        }

        if (_reason is not null)
        {
            Console.Error.WriteLine($"live tests are skipped: {_reason}");
            return;
        }

        // TERM and Ctrl-C end the process without Dispose.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Restore();
    }

    /// <summary>The machine.</summary>
    public LinuxHost Host { get; } = new();

    /// <summary>What stood in /etc before the first test.</summary>
    internal string[] EtcBefore { get; } = EtcState.Capture();

    /// <summary>What the kernel was like before the first test.</summary>
    internal KernelState Before => _before ?? throw new InvalidOperationException("ask for Borrow first");

    /// <summary>Lets a test change the kernel until it disposes what it gets; skips the test where that can't be.</summary>
    public Loan Borrow()
    {
        Assert.SkipUnless(_reason is null, _reason ?? "");
        var loan = new Loan(this);
        ForgetDeadOwner(loan.Kernel);
        return loan;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Restore();
        _isReturned = true;
        _lock?.Dispose();
    }

    // Never without the lock: at the process's exit the kernel's audit may be another's already.
    void Restore()
    {
        if (_before is null || _isReturned)
            return;
        using IAuditKernel kernel = Host.OpenAuditKernel();
        _before.Restore(kernel);
    }

    static FileLock TakeLock()
    {
        // The lock is taken on a thread of its own, so that a wait without end becomes a failure with a name.
        Task<FileLock> taking = Task.Run(() => FileLock.Take(FileLock.AuditPath));
        return taking.Wait(s_lockTimeout)
            ? taking.Result
            : throw new TimeoutException($"{FileLock.AuditPath} is held by another process for over {s_lockTimeout.TotalMinutes} minutes");
    }

    KernelState? TryCapture(out string? reason)
    {
        try
        {
            using IAuditKernel kernel = Host.OpenAuditKernel();
            ForgetDeadOwner(kernel);
            KernelState state = KernelState.Capture(kernel);
            reason = state.Status switch
            {
                { Pid: not 0 } => $"process {state.Status.Pid} owns the kernel's audit",
                { Enabled: 2 } => "the kernel's audit is immutable until the next boot",
                _ => null,
            };
            return reason is null ? state : null;
        }
        catch (KernelRequestException refused)
        {
            reason = refused.Message;
            return null;
        }
    }

    // An owner that was killed stays in the status until the kernel next fails to reach it.
    static void ForgetDeadOwner(IAuditKernel kernel)
    {
        uint owner = kernel.GetStatus().Pid;
        if (owner == 0 || Directory.Exists($"/proc/{owner}"))
            return;
        kernel.SetStatus(AuditStatusMask.Pid, default);
        SpinWait.SpinUntil(() => kernel.GetStatus().Pid == 0, TimeSpan.FromSeconds(5));
    }

    /// <summary>The kernel's audit in a test's hands.</summary>
    public sealed class Loan : IDisposable
    {
        readonly KernelAudit _lender;

        internal Loan(KernelAudit lender)
        {
            _lender = lender;
            Kernel = lender.Host.OpenAuditKernel();
        }

        /// <summary>A connection for requests.</summary>
        public IAuditKernel Kernel { get; }

        /// <summary>Turns auditing on, as user messages make no record without, and makes room for a burst of them:
        /// with a full backlog the kernel has the sender wait for backlog_wait_time, 15 s.</summary>
        public void Enable() => Kernel.SetStatus(
            AuditStatusMask.Enabled | AuditStatusMask.BacklogLimit, new AuditStatus { Enabled = 1, BacklogLimit = 8192 });

        /// <summary>Puts the kernel back as it was before the first test.</summary>
        public void Dispose()
        {
            Kernel.Dispose();
            _lender.Restore();
        }
    }
}
