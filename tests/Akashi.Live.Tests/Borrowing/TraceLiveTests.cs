using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Live.Tests.Borrowing;

/// <summary><c>akashi trace</c> over the real kernel: its rules are for a process that it starts itself.</summary>
public sealed class TraceLiveTests(KernelAudit audit) : IDisposable
{
    const string Keys = "akashi-trace-";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_program_and_its_children_did_is_told_after_its_own_output_with_its_exit_code()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        string before = KernelState.Capture(loan.Kernel).Describe();
        using BorrowingProcess trace = BorrowingProcess.Begin(
            _folder, ["trace"], "-r", "--save", _folder["saved"], "/bin/sh", "-c", "/bin/cat /no/such 2>&-; echo done; exit 7");

        Assert.Equal(7, trace.WaitForExit());
        Assert.Equal("done\n", trace.Output);
        Assert.Contains("# /bin/sh -c '/bin/cat /no/such 2>&-; echo done; exit 7'\n", trace.Error);
        Assert.Matches(@"NO  opens /no/such  \(No such file or directory\)  by cat\n", trace.Error);
        Assert.Matches(@"akashi trace: \d+ system calls of 2 processes, exit code 7\n", trace.Error);
        Assert.EndsWith($"you can locate the records with 'ausearch -i -if {_folder["saved"]}'\n", trace.Error);
        Assert.DoesNotContain("read -r _", trace.Error);
        Assert.Contains("name=\"/no/such\"", File.ReadAllText(_folder["saved"]));
        Assert.Equal(before, KernelState.Capture(loan.Kernel).Describe());
    }

    [Fact]
    public void Killed_with_9_its_watcher_takes_the_rules_away()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        string before = KernelState.Capture(loan.Kernel).Describe();
        using BorrowingProcess trace = BorrowingProcess.Begin(_folder, ["trace"], "-r", "/bin/sh", "-c", "read line </dev/fd/9 || sleep 5");
        BorrowingProcess.WaitForRules(loan.Kernel, Keys, 2);

        trace.Signal("KILL");

        SpinWait.SpinUntil(() => KernelState.Capture(loan.Kernel).Describe() == before, TimeSpan.FromSeconds(10));
        Assert.Equal(before, KernelState.Capture(loan.Kernel).Describe());
    }

    [Fact]
    public void Beside_an_owner_and_its_rules_the_owner_gets_the_records_and_keeps_its_rules()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        string before = KernelState.Capture(loan.Kernel).Describe();
        using BorrowingProcess trace = BorrowingProcess.Begin(_folder, ["trace"], "-r", "/bin/true");

        Assert.Equal(0, trace.WaitForExit());
        Assert.Contains("# /bin/true\n", trace.Error);
        Assert.Matches("you can locate the records with 'ausearch -i -k akashi-trace-[0-9]+'\n$", trace.Error);
        Netlink.Received.Await(owner, received => received.Type == 1300 && received.Text.Contains("key=\"akashi-trace-"));
        Assert.Equal(before, KernelState.Capture(loan.Kernel).Describe());
    }
}
