using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Auditctl;

public sealed class AuditctlToolTests
{
    const string Status = """
        enabled 1
        failure 1
        pid 0
        rate_limit 0
        backlog_limit 64
        lost 0
        backlog 0
        backlog_wait_time 15000
        backlog_wait_time_actual 0

        """;

    readonly AuditctlRun _auditctl = new();

    [Fact]
    public void The_status_is_a_name_and_a_value_a_line()
    {
        Assert.Equal(0, _auditctl.Run("-s"));
        Assert.Equal(Status + "loginuid_immutable 0 unlocked\n", _auditctl.Output);
    }

    [Fact]
    public void The_status_in_words()
    {
        _auditctl.Host.Kernel.Status = _auditctl.Host.Kernel.Status with { Enabled = 2, Failure = 2 };

        Assert.Equal(0, _auditctl.Run("-s", "-i"));
        Assert.StartsWith("enabled enabled+immutable\nfailure panic\npid 0\n", _auditctl.Output);
    }

    [Theory]
    [InlineData("-b", "8192", "backlog_limit 64", "backlog_limit 8192")]
    [InlineData("-e", "0", "enabled 1", "enabled 0")]
    [InlineData("-f", "0", "failure 1", "failure 0")]
    [InlineData("-r", "100", "rate_limit 0", "rate_limit 100")]
    [InlineData("--backlog_wait_time", "7", "backlog_wait_time 15000", "backlog_wait_time 7")]
    public void A_setting_is_made_and_the_status_shown(string option, string value, string before, string after)
    {
        Assert.Equal(0, _auditctl.Run(option, value));
        Assert.Equal(Status.Replace(before, after), _auditctl.Output);
    }

    [Theory]
    [InlineData("-e", "3", "Enable must be 0, 1, or 2 was 3")]
    [InlineData("-f", "x", "Failure must be 0, 1, or 2 was x")]
    [InlineData("-b", "-1", "Backlog must be a numeric value was -1")]
    [InlineData("-r", "many", "Rate must be a numeric value was many")]
    [InlineData("--backlog_wait_time", "1s", "Backlog_wait_time must be a numeric value was 1s")]
    [InlineData("-m", "two\nlines", "Illegal character in audit event")]
    public void A_wrong_value_is_named_and_changes_nothing(string option, string value, string error)
    {
        Assert.Equal(255, _auditctl.Run(option, value));
        Assert.Equal(error + "\nThere was an error while processing parameters\n", _auditctl.Error);
        Assert.DoesNotContain("set status", _auditctl.Host.Kernel.Requests);
        Assert.Empty(_auditctl.Host.Kernel.Messages);
    }

    [Fact]
    public void The_lost_count_is_reset_and_the_old_one_told_on_standard_error()
    {
        _auditctl.Host.Kernel.Status = _auditctl.Host.Kernel.Status with { Lost = 42 };

        Assert.Equal(0, _auditctl.Run("--reset-lost"));
        Assert.Equal(("", "lost: 42\n"), (_auditctl.Output, _auditctl.Error));
        Assert.Equal(0u, _auditctl.Host.Kernel.Status.Lost);
    }

    [Fact]
    public void Login_users_can_be_locked()
    {
        Assert.Equal(0, _auditctl.Run("--loginuid-immutable"));
        Assert.Equal("loginuid_immutable 1 locked\n", _auditctl.Output);
    }

    [Fact]
    public void Rules_are_listed_and_deleted_by_key()
    {
        _auditctl.Run("-w", "/a", "-k", "first");
        _auditctl.Run("-w", "/b", "-k", "second");
        _auditctl.Run("-A", "exit,always", "-F", "arch=b64", "-S", "execve", "-k", "third");

        _auditctl.Run("-l");
        Assert.Equal(
            "-a always,exit -F arch=b64 -S execve -F key=third\n-w /a -p rwxa -k first\n-w /b -p rwxa -k second\n", _auditctl.Output);
        _auditctl.Run("-l", "-k", "fir");
        Assert.Equal("-w /a -p rwxa -k first\n", _auditctl.Output);

        Assert.Equal(0, _auditctl.Run("-D", "-k", "first"));
        Assert.Equal("No rules\n", _auditctl.Output);
        Assert.Equal(2, _auditctl.Host.Kernel.Rules.Count);
        Assert.Equal(0, _auditctl.Run("-W", "/b", "-k", "second"));
        Assert.Equal(0, _auditctl.Run("-d", "always,exit", "-F", "arch=b64", "-S", "execve", "-F", "key=third"));
        Assert.Empty(_auditctl.Host.Kernel.Rules);
    }

    [Fact]
    public void Deleting_all_rules_says_so()
    {
        _auditctl.Run("-w", "/a");
        _auditctl.Run("-w", "/b");

        Assert.Equal(0, _auditctl.Run("-D"));
        Assert.Equal("No rules\n", _auditctl.Output);
        Assert.Empty(_auditctl.Host.Kernel.Rules);
    }

    [Fact]
    public void A_rule_that_is_there_already_is_an_error()
    {
        _auditctl.Run("-w", "/a");

        Assert.Equal(255, _auditctl.Run("-w", "/a"));
        Assert.Equal(
            "Old style watch rules are slower\nError sending add rule data request (Rule exists)\n"
            + "There was an error while processing parameters\n", _auditctl.Error);
    }

    [Theory]
    [InlineData("-w", "/a")]
    [InlineData("-D")]
    [InlineData("-d", "always,exit", "-S", "execve")]
    public void Locked_rules_are_not_changed(params string[] arguments)
    {
        _auditctl.Host.Kernel.Status = _auditctl.Host.Kernel.Status with { Enabled = 2 };

        Assert.Equal(1, _auditctl.Run(arguments));
        Assert.Equal("The audit system is in immutable mode, no rule changes allowed\n", _auditctl.Error);
    }

    [Fact]
    public void Without_the_right_to_it_nothing_is_done()
    {
        _auditctl.Host.Kernel.Refusals.Add("get status", (1, "Operation not permitted"));

        Assert.Equal(4, _auditctl.Run("-s"));
        Assert.Equal("You must be root to run this program.\n", _auditctl.Error);
    }

    [Fact]
    public void A_kernel_without_audit_is_told_as_such()
    {
        _auditctl.Host.OpenFailure = new KernelRequestException("open", 111, 0, "Connection refused");

        Assert.Equal(1, _auditctl.Run("-s"));
        Assert.Equal("The audit system is disabled\n", _auditctl.Error);
    }

    [Fact]
    public void A_message_carries_the_program_behind_it()
    {
        Assert.Equal(0, _auditctl.Run("-m", "hello world"));

        var (type, text) = Assert.Single(_auditctl.Host.Kernel.Messages);
        Assert.Equal(1005, type);
        Assert.Matches("^text=hello world exe=\"[^\"]+\" hostname=\\? addr=\\? terminal=[^ ]+ res=success$", text);
    }

    [Fact]
    public void Help_and_version_need_no_kernel()
    {
        Assert.Equal(0, _auditctl.Run("-v"));
        Assert.Equal("auditctl version 4.2.2\n", _auditctl.Output);
        Assert.Equal(0, _auditctl.Run("-h"));
        Assert.Contains("-F FIELD=VALUE", _auditctl.Output);
        Assert.Equal(1, _auditctl.Run());
        Assert.StartsWith("usage: auditctl [options]\n", _auditctl.Error);
        Assert.Empty(_auditctl.Host.Kernel.Requests);
    }
}
