using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Live.Tests.Borrowing;

/// <summary><c>akashi rules cost</c> over the real kernel; candidates are scoped to a user that nobody else is.</summary>
public sealed class CostLiveTests(KernelAudit audit) : IDisposable
{
    const uint OwnUser = 64243;
    const string Keys = "akashi-cost-";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_events_of_each_candidate_are_counted_and_the_kernel_is_as_before()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        string before = KernelState.Capture(loan.Kernel).Describe();
        using BorrowingProcess cost = Begin(loan, 3,
            $"-a always,exit -F arch=b64 -S execve -F uid={OwnUser} -k mine", $"-a always,exit -F arch=b64 -S chroot -F uid={OwnUser}");
        Assert.Equal(0u, loan.Kernel.GetStatus().BacklogWaitTime);

        for (int count = 0; count < 3; count++)
            BorrowingProcess.RunAs(OwnUser, "/bin/true");
        cost.Signal("INT");

        Assert.Equal(0, cost.WaitForExit());
        Assert.Matches(@"^\d+\.\d s, \d+ events, from the kernel, since nobody records here", cost.Output);
        Assert.Matches($@"(?m)^ +3 +\d+ +\d+\.\d  \S+own\.rules:1: -a always,exit -F arch=b64 -S execve -F uid={OwnUser} -k mine$", cost.Output);
        Assert.Matches(@"(?m)^ +0 +0 +0\.0  \S+own\.rules:2: -a always,exit -F arch=b64 -S chroot", cost.Output);
        Assert.Equal(before, KernelState.Capture(loan.Kernel).Describe());
    }

    [Fact]
    public void Candidates_that_make_too_many_events_are_taken_away_before_the_time()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        string before = KernelState.Capture(loan.Kernel).Describe();
        using BorrowingProcess cost = Begin(loan, 2, ["--limit", "50"], $"-a always,exit -F arch=b64 -S openat -F uid={OwnUser}");

        BorrowingProcess.RunAs(OwnUser, "/bin/sh", "-c", "for i in 1 2 3 4 5 6 7 8 9; do /bin/ls /etc >/dev/null; done");

        Assert.Equal(1, cost.WaitForExit());
        Assert.Contains("akashi rules: stopped: the candidates made over 50 events a second, and are taken away\n", cost.Error);
        Assert.Equal(before, KernelState.Capture(loan.Kernel).Describe());
    }

    [Fact]
    public void Killed_with_9_its_watcher_takes_the_candidates_away()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        string before = KernelState.Capture(loan.Kernel).Describe();
        using BorrowingProcess cost = Begin(loan, 2, $"-a always,exit -F arch=b64 -S openat -F uid={OwnUser}");

        cost.Signal("KILL");

        BorrowingProcess.WaitForRules(loan.Kernel, Keys, 0);
        SpinWait.SpinUntil(() => KernelState.Capture(loan.Kernel).Describe() == before, TimeSpan.FromSeconds(10));
        Assert.Equal(before, KernelState.Capture(loan.Kernel).Describe());
    }

    [Fact]
    public void Beside_an_owner_only_the_candidates_come_and_go_even_where_it_is_killed()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        string before = KernelState.Capture(loan.Kernel).Describe();
        using (BorrowingProcess cost = Begin(loan, 2, $"-a always,exit -F arch=b64 -S execve -F uid={OwnUser} -k mine"))
        {
            BorrowingProcess.RunAs(OwnUser, "/bin/true");
            cost.Signal("TERM");
            Assert.Equal(0, cost.WaitForExit());
            Assert.Contains("from the kernel's multicast group beside ", cost.Output);
            Assert.Matches(@"(?m)^ +1 +\d+ +\d+\.\d  \S+own\.rules:1: ", cost.Output);
            Assert.Equal(before, KernelState.Capture(loan.Kernel).Describe());
        }

        using BorrowingProcess killed = Begin(loan, 2, $"-a always,exit -F arch=b64 -S execve -F uid={OwnUser}");
        killed.Signal("KILL");

        SpinWait.SpinUntil(() => KernelState.Capture(loan.Kernel).Describe() == before, TimeSpan.FromSeconds(10));
        Assert.Equal(before, KernelState.Capture(loan.Kernel).Describe());
    }

    BorrowingProcess Begin(KernelAudit.Loan loan, int ruleCount, params string[] lines) => Begin(loan, ruleCount, [], lines);

    // With the candidates comes a rule that keeps the process itself out.
    BorrowingProcess Begin(KernelAudit.Loan loan, int ruleCount, string[] options, params string[] lines)
    {
        File.WriteAllLines(_folder["own.rules"], lines);
        BorrowingProcess begun = BorrowingProcess.Begin(_folder, ["rules", "cost"], ["--seconds", "60", .. options, _folder["own.rules"]]);
        BorrowingProcess.WaitForRules(loan.Kernel, Keys, ruleCount);
        return begun;
    }
}
