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
    [InlineData("auditd: [fd00::]/8, ALL EXCEPT [fd00::1]\n", 1)]

    // A comment begins a line; behind blanks "#" is the name of a daemon.
    [InlineData(" # ALL: ALL\n", 1)]
    public void A_rule_of_hosts_deny_counts_where_it_names_the_service(string text, int line) => Assert.Equal(line, TcpWrapperRules.FindLine(text, isDenying: true));

    [Theory]
    [InlineData("ALL: LOCAL @some_netgroup\n", 0)]
    [InlineData("auditd: 10.0.0.0/255.0.0.0\n", 0)]
    [InlineData("sshd: ALL: deny\n", 0)]
    [InlineData("auditd: 10.0.0.7 : DENY\n", 1)]
    [InlineData("sshd: ALL\nALL: .bad.domain: twist /bin/echo no\n", 2)]
    [InlineData("ALL: .friendly.domain: spawn (/bin/true) & : ALLOW\n", 0)]
    [InlineData("ALL: ALL: spawn echo a\\:deny : severity auth.info\n", 0)]
    [InlineData("ALL: ALL: umask 022: nice: user nobody\n", 0)]
    [InlineData("auditd: [fd00::7]: deny\n", 1)]
    [InlineData("auditd: [fd00::7 : deny\n", 1)]
    [InlineData("auditd: ALL: aclexec /bin/false\n", 1)]
    [InlineData("auditd: ALL: no-such-option\n", 1)]
    public void A_rule_of_hosts_allow_counts_where_it_keeps_out(string text, int line) => Assert.Equal(line, TcpWrapperRules.FindLine(text, isDenying: false));

    [Theory]
    [InlineData("ALL: ALL\n", false)]
    [InlineData("auditd: 10.0.0.7, 10., 10.0.0.0/8 10.0.0.0/255.0.0.0 10.0.*.? [fd00::]/8 [fd00::7] EXCEPT 10.0.0.9\n", false)]
    [InlineData("sshd: .example.com\n", false)]
    [InlineData("auditd: .example.com\n", true)]
    [InlineData("auditd: web\n", true)]
    [InlineData("auditd: 10.0.0.7, LOCAL\n", true)]
    [InlineData("ALL: PARANOID\n", true)]
    [InlineData("ALL: UNKNOWN\n", true)]
    [InlineData("ALL: ALL EXCEPT *.example.com\n", true)]
    [InlineData("auditd: /etc/clients\n", true)]
    public void Names_are_needed_where_clients_are_told_by_more_than_addresses(string text, bool isNeeded) =>
        Assert.Equal(isNeeded, TcpWrapperRules.Read(text, isDenying: true).NeedsNames);

    [Theory]
    [InlineData("ALL: ALL: spawn (/bin/mail -s %h root) & : DENY\n", 0, "")]
    [InlineData("ALL: ALL: twist /bin/echo no\n", 0, "")]
    [InlineData("sshd: ALL: user nobody\n", 0, "")]
    [InlineData("\nALL: ALL: user nobody\n", 2, "the option \"user\"")]
    [InlineData("ALL: ALL: UMASK=077\n", 1, "the option \"umask\"")]
    [InlineData("ALL: 10.0.0.7: spawn (echo a:b)\n", 1, "the option \"b)\"")]
    [InlineData("ALL: ALL: aclexec /bin/false\n", 1, "the option \"aclexec\"")]
    [InlineData("ALL: ALL : \n", 1, "the option \"\"")]
    [InlineData("auditd: root@10.0.0.7\n", 1, "a user of the client, \"root@10.0.0.7\"")]
    [InlineData("auditd: 10.0.0.7 @machines\n", 1, "a netgroup, \"@machines\"")]
    [InlineData("auditd@10.0.0.1: ALL\n", 1, "an address of this machine, \"auditd@10.0.0.1\"")]
    [InlineData("auditd: [fd00::7\n", 1, "a bracket without its other one")]
    public void What_is_not_gone_by_is_found_with_its_line(string text, int line, string words)
    {
        TcpWrapperRules rules = TcpWrapperRules.Read(text, isDenying: true);

        Assert.Equal((line, words), (rules.UnservedLine, rules.Unserved));
    }

    [Fact]
    public void No_text_of_a_file_is_too_odd_to_be_read()
    {
        const int Seed = 20261122;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        string[] pieces = ["ALL", "auditd", ":", " ", "[", "]", "\\", "\n", "deny", "@", "/", "#", "10.", "EXCEPT", "\r", "\0", "é", "spawn"];
        for (int turn = 0; turn < 20_000; turn++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => pieces[random.Next(pieces.Length)]));
            int lines = text.Split('\n').Length;
            foreach (bool isDenying in (bool[])[false, true])
            {
                TcpWrapperRules rules = TcpWrapperRules.Read(text, isDenying);

                Assert.InRange(rules.DenyingLine, 0, lines);
                Assert.InRange(rules.UnservedLine, 0, lines);
                Assert.Equal(rules.UnservedLine > 0, rules.Unserved.Length > 0);
            }
        }
    }
}
