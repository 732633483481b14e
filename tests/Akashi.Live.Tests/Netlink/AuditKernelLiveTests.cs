using Akashi.Host;
using Akashi.Linux.Netlink;

namespace Akashi.Live.Tests.Netlink;

public class AuditKernelLiveTests(KernelAudit audit)
{
    const int EEXIST = 17;
    const int ENOENT = 2;
    const int EINVAL = 22;

    [Fact]
    public void Status_names_no_owner_before_one_registers()
    {
        using KernelAudit.Loan loan = audit.Borrow();

        AuditStatus status = loan.Kernel.GetStatus();

        Assert.Equal(0u, status.Pid);
        Assert.InRange(status.Enabled, 0u, 1u);
        Assert.NotEqual(0u, status.FeatureBitmap);
    }

    [Fact]
    public void Backlog_limit_is_changed_and_put_back()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        AuditStatus before = loan.Kernel.GetStatus();

        loan.Kernel.SetStatus(AuditStatusMask.BacklogLimit, new AuditStatus { BacklogLimit = 4321 });
        AuditStatus changed = loan.Kernel.GetStatus();
        loan.Kernel.SetStatus(AuditStatusMask.BacklogLimit, before);

        Assert.Equal(before with { BacklogLimit = 4321 }, changed with { Lost = before.Lost, Backlog = before.Backlog });
        Assert.Equal(before.BacklogLimit, loan.Kernel.GetStatus().BacklogLimit);
    }

    [Fact]
    public void Features_are_answered()
    {
        using KernelAudit.Loan loan = audit.Borrow();

        AuditFeatures features = loan.Kernel.GetFeatures();

        Assert.Equal(AuditFeatures.OnlyUnsetLoginuid | AuditFeatures.LoginuidImmutable, features.Mask & 3);
    }

    [Fact]
    public void Rule_is_added_listed_and_deleted()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        byte[] rule = WatchRule.Encode(directory.File("watched"), "akashi-live");

        loan.Kernel.AddRule(rule);
        IReadOnlyList<byte[]> with = loan.Kernel.ListRules();
        loan.Kernel.DeleteRule(rule);
        IReadOnlyList<byte[]> without = loan.Kernel.ListRules();

        string expected = Convert.ToHexString(WatchRule.AsListed(rule));
        Assert.Contains(expected, with.Select(Convert.ToHexString));
        Assert.Equal(with.Count - 1, without.Count);
        Assert.DoesNotContain(expected, without.Select(Convert.ToHexString));
    }

    [Fact]
    public void Rule_added_twice_is_refused_with_EEXIST()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        byte[] rule = WatchRule.Encode(directory.File("watched"), "akashi-live");
        loan.Kernel.AddRule(rule);

        var refused = Assert.Throws<KernelRequestException>(() => loan.Kernel.AddRule(rule));

        Assert.Equal(EEXIST, refused.Errno);
        Assert.Equal("cannot add the rule: File exists", refused.Message);
    }

    [Fact]
    public void Rule_as_listed_deletes_and_restores_the_rule()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        loan.Kernel.AddRule(WatchRule.Encode(directory.File("watched"), "akashi-live"));
        byte[] listed = loan.Kernel.ListRules()[^1];

        loan.Kernel.DeleteRule(listed);
        Assert.Equal(audit.Before.Rules.Count, loan.Kernel.ListRules().Count);
        loan.Kernel.AddRule(listed);

        Assert.Equal(listed, loan.Kernel.ListRules()[^1]);
    }

    [Fact]
    public void Rule_that_is_not_loaded_is_not_deleted_with_ENOENT()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        byte[] rule = WatchRule.Encode(directory.File("watched"), "akashi-live");

        var refused = Assert.Throws<KernelRequestException>(() => loan.Kernel.DeleteRule(rule));

        Assert.Equal(ENOENT, refused.Errno);
    }

    [Fact]
    public void Rule_of_an_unknown_list_is_refused_with_EINVAL()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        byte[] rule = WatchRule.Encode(directory.File("watched"), "akashi-live");
        rule[0] = 99;

        Assert.Equal(EINVAL, Assert.Throws<KernelRequestException>(() => loan.Kernel.AddRule(rule)).Errno);
    }

    [Fact]
    public void Many_rules_are_listed_in_their_order()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        byte[][] rules = [.. Enumerable.Range(0, 300).Select(n => WatchRule.Encode(directory.File($"watched-{n}"), "akashi-live"))];

        foreach (byte[] rule in rules)
            loan.Kernel.AddRule(rule);
        IReadOnlyList<byte[]> listed = loan.Kernel.ListRules();

        Assert.Equal(rules.Select(WatchRule.AsListed).Select(Convert.ToHexString), listed.TakeLast(rules.Length).Select(Convert.ToHexString));
    }

    [Fact]
    public void Trim_is_accepted()
    {
        using KernelAudit.Loan loan = audit.Borrow();

        loan.Kernel.Trim();
    }

    [Fact]
    public void Feature_is_changed()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        AuditFeatures before = loan.Kernel.GetFeatures();
        uint changed = before.Features ^ AuditFeatures.OnlyUnsetLoginuid;

        loan.Kernel.SetFeatures(new AuditFeatures(AuditFeatures.OnlyUnsetLoginuid, changed, 0));
        AuditFeatures after = loan.Kernel.GetFeatures();
        loan.Kernel.SetFeatures(new AuditFeatures(AuditFeatures.OnlyUnsetLoginuid, before.Features, 0));

        Assert.Equal(before with { Features = changed }, after);
        Assert.Equal(before, loan.Kernel.GetFeatures());
    }

    [Fact]
    public void Trees_are_made_equivalent_where_both_exist()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var mount = new OwnDirectory();
        using var subtree = new OwnDirectory();

        loan.Kernel.MakeEquivalent(mount.File("."), subtree.File("."));
        var refused = Assert.Throws<KernelRequestException>(() => loan.Kernel.MakeEquivalent(mount.File("."), subtree.File("missing")));

        Assert.Equal(ENOENT, refused.Errno);
    }

    [Fact]
    public void Connections_do_not_disturb_each_other()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using IAuditKernel other = audit.Host.OpenAuditKernel();

        for (int round = 0; round < 50; round++)
        {
            Assert.Equal(loan.Kernel.GetStatus().BacklogLimit, other.GetStatus().BacklogLimit);
            Assert.Equal(loan.Kernel.ListRules().Count, other.ListRules().Count);
        }
    }

    [Fact]
    public void Resetting_the_lost_count_returns_what_it_was()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents events = audit.Host.TakeAuditEvents();

        // One record a second may pass; the others are lost, and counted.
        loan.Kernel.SetStatus(AuditStatusMask.RateLimit, new AuditStatus { RateLimit = 1 });
        for (int count = 0; count < 20; count++)
            loan.Kernel.SendUserMessage(1120, "akashi-live lost"u8);
        uint lost = loan.Kernel.GetStatus().Lost;

        Assert.InRange(lost, 1u, uint.MaxValue);
        Assert.Equal(lost, loan.Kernel.SetStatus(AuditStatusMask.Lost, default));
        Assert.InRange(loan.Kernel.GetStatus().Lost, 0u, lost - 1);

        // Changing the limit back is itself a record that the limit may drop.
        loan.Kernel.SetStatus(AuditStatusMask.RateLimit, default);
        loan.Kernel.SetStatus(AuditStatusMask.Lost, default);
        Assert.Equal(0u, loan.Kernel.GetStatus().Lost);
    }

    [Fact]
    public void User_message_without_text_is_an_argument_error()
    {
        using KernelAudit.Loan loan = audit.Borrow();

        Assert.Throws<ArgumentException>(() => loan.Kernel.SendUserMessage(1120, []));
        Assert.Throws<ArgumentException>(() => loan.Kernel.SendUserMessage(1120, new byte[AuditKernel.UserMessageLengthMax + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => loan.Kernel.SendUserMessage(1300, "forged"u8));
    }
}
