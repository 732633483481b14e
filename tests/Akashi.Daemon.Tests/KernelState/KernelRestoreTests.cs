using Akashi.Daemon.KernelState;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.KernelState;

/// <summary>Putting a kernel back that refuses now this, now that.</summary>
public sealed class KernelRestoreTests
{
    // No process has this number: it is beyond the kernel's largest.
    static readonly ProcessMark s_dead = new(5_000_000, 1);

    readonly ScriptedKernel _kernel = new();

    [Fact]
    public void Rules_features_and_settings_come_back()
    {
        _kernel.AddRule(Rule(1));
        _kernel.AddRule(Rule(2));
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        Disturb();

        Assert.Equal(RestoreOutcome.Restored, new KernelRestore(_kernel, before).Run());

        AssertAsBefore(before);
    }

    // Who may remove a watched directory must not keep a recording from ending, or the next from beginning.
    [Theory]
    [InlineData(2, "No such file or directory")]
    [InlineData(20, "Not a directory")]
    public void A_rule_whose_path_is_gone_is_no_refusal(int errno, string reason)
    {
        _kernel.AddRule(Rule(1));
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        _kernel.DeleteRule(Rule(1));
        _kernel.Refusals["add rule"] = (errno, reason);
        var restore = new KernelRestore(_kernel, before);

        Assert.Equal(RestoreOutcome.Restored, restore.Run());

        Assert.Equal(1, restore.GoneRules);
        Assert.Null(restore.Refusal);
    }

    [Fact]
    public void A_rule_that_was_deleted_comes_back_to_its_place()
    {
        for (byte number = 1; number <= 4; number++)
            _kernel.AddRule(Rule(number));
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        _kernel.DeleteRule(Rule(2));

        new KernelRestore(_kernel, before).Run();

        AssertAsBefore(before);
    }

    // Another daemon has taken the kernel after we and our watcher were killed: its rules and settings are its own.
    [Fact]
    public void Under_another_owner_only_what_was_added_goes()
    {
        _kernel.AddRule(Rule(1));
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead) with { Loan = new KernelLoan([Rule(1), Rule(2)], 0, IsAll: false) };
        _kernel.AddRule(Rule(2));
        _kernel.AddRule(Rule(3));
        _kernel.Status = _kernel.Status with { Pid = 1, BacklogLimit = 999, BacklogWaitTime = 0 };

        Assert.Equal(RestoreOutcome.OwnedByAnother, new KernelRestore(_kernel, before).Run());

        Assert.Equal([Rule(1), Rule(3)], _kernel.Rules);
        Assert.Equal((999u, before.Status.BacklogWaitTime), (_kernel.Status.BacklogLimit, _kernel.Status.BacklogWaitTime));
    }

    [Fact]
    public void A_loan_beside_an_owner_goes_and_nothing_else_whoever_owns_the_kernel_by_then()
    {
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead) with { Loan = new KernelLoan([Rule(2), Rule(4)], 0, IsAll: true) };
        _kernel.AddRule(Rule(2));
        _kernel.AddRule(Rule(3));
        _kernel.Status = _kernel.Status with { Enabled = 0, BacklogLimit = 999, BacklogWaitTime = 77 };

        Assert.Equal(RestoreOutcome.Restored, new KernelRestore(_kernel, before).Run());

        Assert.Equal([Rule(3)], _kernel.Rules);
        Assert.Equal((999u, 77u), (_kernel.Status.BacklogLimit, _kernel.Status.BacklogWaitTime));
    }

    [Fact]
    public void A_kernel_that_is_as_it_was_gets_no_change()
    {
        _kernel.AddRule(Rule(1));
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        _kernel.Requests.Clear();

        Assert.Equal(RestoreOutcome.Restored, new KernelRestore(_kernel, before).Run());

        Assert.Equal(["get status"], _kernel.Requests);
    }

    [Theory]
    [InlineData("get status")]
    [InlineData("set status")]
    [InlineData("set features")]
    [InlineData("add rule")]
    [InlineData("delete rule")]
    public void After_a_refusal_of_any_step_a_second_run_finishes(string refused)
    {
        for (byte number = 1; number <= 3; number++)
            _kernel.AddRule(Rule(number));
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        _kernel.DeleteRule(Rule(3));
        Disturb();
        _kernel.Refusals[refused] = (5, "Input/output error");

        var first = new KernelRestore(_kernel, before);
        Assert.Equal(RestoreOutcome.Incomplete, first.Run());
        Assert.Equal(5, first.Refusal!.Errno);
        _kernel.Refusals.Clear();
        Assert.Equal(RestoreOutcome.Restored, new KernelRestore(_kernel, before).Run());

        AssertAsBefore(before);
    }

    [Fact]
    public void A_refused_step_does_not_keep_the_others_back()
    {
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        Disturb();
        _kernel.Refusals["delete rule"] = (16, "Device or resource busy");

        new KernelRestore(_kernel, before).Run();

        Assert.Equal(before.Status.BacklogLimit, _kernel.Status.BacklogLimit);
        Assert.Equal(before.Status.Enabled, _kernel.Status.Enabled);
    }

    [Fact]
    public void An_immutable_kernel_is_left_alone()
    {
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        _kernel.Status = _kernel.Status with { Enabled = 2, BacklogLimit = 8192 };
        _kernel.Requests.Clear();

        Assert.Equal(RestoreOutcome.Immutable, new KernelRestore(_kernel, before).Run());

        Assert.Equal(["get status"], _kernel.Requests);
    }

    [Fact]
    public void A_kernel_that_another_process_owns_is_left_alone()
    {
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        _kernel.Status = _kernel.Status with { Pid = 1, BacklogLimit = 8192 };
        _kernel.Requests.Clear();

        Assert.Equal(RestoreOutcome.OwnedByAnother, new KernelRestore(_kernel, before).Run());

        Assert.Equal(["get status"], _kernel.Requests);
    }

    [Fact]
    public void A_dead_owner_is_taken_out_of_the_status()
    {
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        _kernel.Status = _kernel.Status with { Pid = (uint)s_dead.Pid };

        Assert.Equal(RestoreOutcome.Restored, new KernelRestore(_kernel, before).Run());

        Assert.Equal(0u, _kernel.Status.Pid);
    }

    [Fact]
    public void A_locked_feature_is_not_asked_for()
    {
        _kernel.Features = new AuditFeatures(3, 0, 0);
        KernelSnapshot before = KernelSnapshot.Take(_kernel, s_dead);
        _kernel.Features = new AuditFeatures(3, 3, 2);

        Assert.Equal(RestoreOutcome.Restored, new KernelRestore(_kernel, before).Run());

        Assert.Equal(2u, _kernel.Features.Features);
    }

    void Disturb()
    {
        _kernel.AddRule(Rule(8));
        _kernel.AddRule(Rule(9));
        _kernel.SetFeatures(new AuditFeatures(1, 1, 0));
        _kernel.SetStatus(
            KernelSnapshot.Settings,
            new AuditStatus(0, 0, 0, 100, 8192, 0, 0, 0, 1, 0));
    }

    void AssertAsBefore(KernelSnapshot before)
    {
        Assert.Equal(before.Rules.Select(Convert.ToHexString), _kernel.Rules.Select(Convert.ToHexString));
        Assert.Equal(before.Features, _kernel.Features);
        Assert.Equal(before.Status, _kernel.Status);
    }

    static byte[] Rule(byte number)
    {
        byte[] rule = new byte[1040];
        rule[0] = 4;
        rule[12] = number;
        return rule;
    }
}
