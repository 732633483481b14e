using Akashi.Daemon.Remote;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>When tcp_wrappers' library is asked, and what is said where it can't be; what it says itself the live tests see.</summary>
public sealed class WrapperGateTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ScriptedWrappers _wrappers = new();
    readonly List<string> _said = [];
    int _opened;

    public void Dispose()
    {
        _wrappers.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Without_a_rule_that_may_keep_out_the_library_is_not_opened()
    {
        Write("auditd: 10.0.0.7\nALL: ALL: umask 022\n", "sshd: ALL\n");

        Assert.Equal(WrapperAnswer.Yes, Gate().Ask("10.0.0.9"));
        Assert.Equal(0, _opened);
    }

    [Fact]
    public void Rules_of_addresses_are_asked_at_once_as_they_are_now()
    {
        WrapperGate gate = Gate();
        Assert.Equal(WrapperAnswer.Yes, gate.Ask("10.0.0.7"));

        Write("", "ALL: ALL\n");
        _wrappers.Allowed.Add("10.0.0.7");

        Assert.Equal(WrapperAnswer.Yes, gate.Ask("10.0.0.7"));
        Assert.Equal(WrapperAnswer.No, gate.Ask("10.0.0.9"));
        Assert.Equal([("auditd", "unknown", "10.0.0.7"), ("auditd", "unknown", "10.0.0.9")], _wrappers.Asked);
        Assert.Empty(_said);
    }

    [Fact]
    public void Rules_of_names_need_the_name()
    {
        Write("auditd: web.example\n", "ALL: ALL\n");
        WrapperGate gate = Gate();
        _wrappers.Allowed.Add("web.example");

        Assert.Equal(WrapperAnswer.NeedsName, gate.Ask("10.0.0.7"));
        Assert.Empty(_wrappers.Asked);
        Assert.True(gate.Ask("10.0.0.7", "web.example"));
        Assert.False(gate.Ask("10.0.0.7", "paranoid"));
    }

    [Fact]
    public void Without_the_library_nobody_is_let_in_by_rules_that_may_keep_out()
    {
        Write("", "\nauditd: 10.0.0.7\n");
        var gate = new WrapperGate(() => null, Files, TimeProvider.System, _said.Add);

        Assert.Equal(WrapperAnswer.No, gate.Ask("10.0.0.9"));
        Assert.Equal(WrapperAnswer.No, gate.Ask("10.0.0.9"));
        Assert.Equal($"no machine is let in: {Files.Denying}:2 may keep some of them out, and use_libwrap = yes is not served where it does without tcp_wrappers' library " +
            "(libwrap.so.0, package libwrap0); with use_libwrap = no in auditd.conf nobody goes by those rules, node_from in akashi.conf says who may send", Assert.Single(_said));
    }

    [Fact]
    public void A_rule_that_changes_the_process_is_not_asked_about_until_it_is_gone()
    {
        Write("auditd: 10.0.0.7: user nobody\n", "ALL: ALL\n");
        WrapperGate gate = Gate();
        _wrappers.Allowed.Add("10.0.0.7");

        Assert.Equal(WrapperAnswer.No, gate.Ask("10.0.0.7"));
        Assert.False(gate.Ask("10.0.0.7", "unknown"));
        Assert.Contains($"{Files.Denying}:1 may keep some of them out, and {Files.Allowing}:1 has the option \"user\", which auditd doesn't go by; with use_libwrap = no", Assert.Single(_said));
        Assert.Empty(_wrappers.Asked);

        Write("auditd: 10.0.0.7\n", "ALL: ALL\n");
        Assert.Equal(WrapperAnswer.Yes, gate.Ask("10.0.0.7"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_lets_nobody_in()
    {
        Write("", "x");
        File.Delete(Files.Denying);
        File.CreateSymbolicLink(Files.Denying, "/proc/self/mem");

        Assert.Equal(WrapperAnswer.No, Gate().Ask("10.0.0.7"));
        Assert.Contains($"{Files.Denying} may keep some of them out, and {Files.Denying} can't be read; ", Assert.Single(_said));
    }

    WrapperFiles Files => new(_folder["hosts.allow"], _folder["hosts.deny"]);

    WrapperGate Gate() => new(() =>
    {
        _opened++;
        return _wrappers;
    }, Files, TimeProvider.System, _said.Add);

    void Write(string allow, string deny)
    {
        File.WriteAllText(Files.Allowing, allow);
        File.WriteAllText(Files.Denying, deny);
    }
}
