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

    [Theory]
    [InlineData("TERM", Signal.Terminate, true)]
    [InlineData("stop", Signal.Terminate, true)]
    [InlineData("HUP", Signal.Hangup, false)]
    [InlineData("reload", Signal.Hangup, false)]
    [InlineData("rotate", Signal.User1, false)]
    [InlineData("USR2", Signal.User2, false)]
    [InlineData("state", Signal.Continue, false)]
    public void A_signal_goes_to_the_owner_of_the_kernels_audit(string word, Signal signal, bool isEndAwaited)
    {
        _auditctl.Host.Kernel.Status = _auditctl.Host.Kernel.Status with { Pid = 4321 };

        Assert.Equal(0, _auditctl.Run("--signal", word));
        Assert.Equal([(4321, signal, isEndAwaited)], _auditctl.Host.SentSignals);
    }

    [Fact]
    public void A_signal_that_cannot_be_sent_is_told()
    {
        Assert.Equal(1, _auditctl.Run("--signal", "KILL"));
        Assert.Equal("KILL is an unsupported signal\n", _auditctl.Error);
        Assert.Equal(2, _auditctl.Run("--signal", "HUP"));
        Assert.Equal("Auditd is not running\n", _auditctl.Error);
        _auditctl.Host.Kernel.Status = _auditctl.Host.Kernel.Status with { Pid = 4321 };
        _auditctl.Host.SignalRefusal = "No such process";
        Assert.Equal(1, _auditctl.Run("--signal", "HUP"));
        Assert.Equal("Failed sending signal to auditd (No such process)\n", _auditctl.Error);
    }

    [Fact]
    public void A_tree_that_the_kernel_does_not_know_becomes_a_path()
    {
        _auditctl.Host.Paths["/tree"] = FileKind.Directory;
        _auditctl.Host.Kernel.Unknown = rule => BitConverter.ToUInt32(rule, 268) == 107;

        Assert.Equal(0, _auditctl.Run("-w", "/tree", "-p", "wa"));
        Assert.Equal(105u, BitConverter.ToUInt32(Assert.Single(_auditctl.Host.Kernel.Rules), 268));
    }

    [Fact]
    public void The_argument_of_a_single_system_call_is_listed_in_words()
    {
        _auditctl.Run("-a", "always,exit", "-F", "arch=b64", "-S", "openat", "-F", "a2=0x241");
        _auditctl.Run("-a", "always,exit", "-F", "arch=b64", "-S", "openat,open", "-F", "a2=0x241");

        _auditctl.Run("-l", "-i");
        Assert.Equal(
            "-a always,exit -F arch=x86_64 -S openat -F a2=O_WRONLY|O_CREAT|O_TRUNC\n"
            + "-a always,exit -F arch=x86_64 -S open,openat -F a2=0x241\n", _auditctl.Output);
        _auditctl.Run("-l");
        Assert.StartsWith("-a always,exit -F arch=b64 -S openat -F a2=0x241\n", _auditctl.Output);
    }

    [Fact]
    public void Operations_of_io_uring_have_names_of_their_own()
    {
        Assert.Equal(0, _auditctl.Run("-a", "io_uring,always", "-S", "openat,uring_cmd", "-F", "uid=7", "-k", "ring"));
        Assert.Equal("", _auditctl.Error);
        Assert.Equal(1u << 18, BitConverter.ToUInt32(_auditctl.Host.Kernel.Rules[0], 12));
        _auditctl.Run("-l");
        Assert.Equal("-a always,io_uring -S openat,uring_cmd -F uid=7 -F key=ring\n", _auditctl.Output);
        Assert.Equal(255, _auditctl.Run("-a", "io_uring,always", "-S", "execve"));
        Assert.StartsWith("io_uring op unknown: execve\n", _auditctl.Error);
        Assert.Equal(0, _auditctl.Run("-d", "always,io_uring", "-S", "openat,uring_cmd", "-F", "uid=7", "-k", "ring"));
        Assert.Empty(_auditctl.Host.Kernel.Rules);
    }

    [Fact]
    public void Names_of_a_processor_are_known_where_it_runs()
    {
        Assert.Equal(255, _auditctl.Run("-a", "always,exit", "-F", "arch=aarch64", "-S", "execve"));
        _auditctl.Host.Machine = "aarch64";
        Assert.Equal(0, _auditctl.Run("-a", "always,exit", "-F", "arch=aarch64", "-S", "execve"));
        Assert.Equal(0, _auditctl.Run("-a", "always,exit", "-F", "arch=armv7l", "-S", "execve"));
        _auditctl.Run("-l", "-i");
        Assert.Equal("-a always,exit -F arch=aarch64 -S execve\n-a always,exit -F arch=arm -S execve\n", _auditctl.Output);
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
