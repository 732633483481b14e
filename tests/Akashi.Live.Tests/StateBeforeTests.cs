namespace Akashi.Live.Tests;

/// <summary>Runs last: each test has put back what it changed.</summary>
public class StateBeforeTests(KernelAudit audit)
{
    [Fact]
    public void Kernel_is_as_it_was_before_the_first_test()
    {
        using KernelAudit.Loan loan = audit.Borrow();

        Assert.Equal(audit.Before.Describe(), KernelState.Capture(loan.Kernel).Describe());
    }

    [Fact]
    public void Files_and_users_of_etc_are_as_before_the_first_test() => Assert.Equal(audit.EtcBefore, EtcState.Capture());
}
