using Akashi.Remote;

namespace Akashi.Tests.Remote;

/// <summary>Which lines of hosts.deny and hosts.allow may keep somebody from auditd; the forms are those of hosts_access(5) and hosts_options(5).</summary>
public sealed class TcpWrapperRulesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("# ALL: ALL\n\n", 0)]
    [InlineData("ALL: ALL\n", 1)]
    [InlineData("# all\nsshd: ALL\nin.tftpd, auditd : .evil.example\n", 3)]
    [InlineData("ALL EXCEPT in.fingerd: other.host.name\n", 1)]
    [InlineData("sshd vsftpd: ALL\n", 0)]
    [InlineData("sshd: 10.0.0.0/8, \\\n  auditd.example\n", 0)]
    [InlineData("sshd,\\\nauditd: ALL\n", 1)]
    [InlineData("Auditd@10.0.0.1: PARANOID\n", 1)]
    [InlineData("auditd2: ALL\n", 0)]
    [InlineData("  ALL : PARANOID : severity auth.info\n", 1)]
    [InlineData("a* : ALL\n", 1)]
    [InlineData("nonsense\n", 1)]
    public void A_rule_of_hosts_deny_counts_where_it_names_the_service(string text, int line) => Assert.Equal(line, TcpWrapperRules.FindLine(text, isDenying: true));

    [Theory]
    [InlineData("ALL: LOCAL @some_netgroup\n", 0)]
    [InlineData("auditd: 10.0.0.0/255.0.0.0\n", 0)]
    [InlineData("sshd: ALL: deny\n", 0)]
    [InlineData("auditd: 10.0.0.7 : DENY\n", 1)]
    [InlineData("sshd: ALL\nALL: .bad.domain: twist /bin/echo no\n", 2)]
    [InlineData("ALL: .friendly.domain: spawn (/bin/true) & : ALLOW\n", 0)]
    public void A_rule_of_hosts_allow_counts_where_it_keeps_out(string text, int line) => Assert.Equal(line, TcpWrapperRules.FindLine(text, isDenying: false));
}
