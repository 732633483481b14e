using Akashi.Configuration;
using Akashi.Setup;

namespace Akashi.Tests.Setup;

/// <summary>The texts that a setup of sessions writes, and those that it reads.</summary>
public class RecordedLoginsTests
{
    const string Passwd = "root:x:0:0:root:/root:/bin/bash\none:x:1001:50:One:/home/one:/bin/zsh\nbare:x:1002:1002::/:\n+::::::\n";

    // Formats of sshd(8), AUTHORIZED_KEYS FILE FORMAT.
    [Theory]
    [InlineData("ssh-ed25519 AAAA me", 0)]
    [InlineData("# command=\"x\" ssh-rsa AAAA\nssh-rsa AAAA command=x", 0)]
    [InlineData("no-pty,from=\"a,command=b\" ssh-rsa AAAA", 0)]
    [InlineData("environment=\"A=\\\" command=\\\"\",no-pty ssh-rsa AAAA", 0)]
    [InlineData("sk-ssh-ed25519@openssh.com AAAA\n  command=\"id\" ssh-rsa AAAA", 2)]
    [InlineData("no-pty,Command=\"a b\" ssh-rsa AAAA", 1)]
    [InlineData("from=\"1.2.3.4, 5\",restrict,command=\"a\" ssh-rsa AAAA", 1)]
    public void A_key_that_may_run_one_command_is_found(string text, int line) => Assert.Equal(line, AuthorizedKeys.FindForced(text));

    [Fact]
    public void Accounts_are_read_as_passwd_5_has_them() => Assert.Equal(
        [new("root", 0, 0, "/root", "/bin/bash"), new("one", 1001, 50, "/home/one", "/bin/zsh"), new PasswdEntry("bare", 1002, 1002, "/", "/bin/sh")],
        PasswdEntry.Parse(Passwd + "# x:x:1:1:::\nshort:x:1\nword:x:a:1:::\n"));

    [Fact]
    public void A_shell_and_a_line_are_put_in_and_nothing_else_changes()
    {
        Assert.Equal(Passwd.Replace("/bin/zsh", "/wrapper", StringComparison.Ordinal), PasswdEntry.WithShell(Passwd, "one", "/wrapper"));
        Assert.Equal(Passwd.Replace("+:", "new:*:1:2:::\n+:", StringComparison.Ordinal), PasswdEntry.WithLine(Passwd, "new:*:1:2:::"));
        Assert.Equal("a\nb\n", PasswdEntry.WithLine("a\n", "b"));
    }

    [Fact]
    public void Members_are_those_named_and_those_whose_first_group_it_is()
    {
        GroupEntry group = GroupEntry.Find("x:x:5:\nops:x:50:bare,gone\n", "ops")!;

        Assert.Equal(["one", "bare"], group.MembersOf(PasswdEntry.Parse(Passwd)).Select(user => user.Name));
        Assert.Null(GroupEntry.Find("ops:x:50:", "op"));
    }

    [Fact]
    public void Real_shells_are_found_by_number()
    {
        string text = LoginShells.Write([new(1001, "one", "/bin/zsh"), new(1002, "two", "/opt/my shells/fish")]);

        Assert.Equal("/bin/zsh", LoginShells.Find(text, 1001));
        Assert.Equal("/opt/my shells/fish", LoginShells.Find(text, 1002));
        Assert.Null(LoginShells.Find(text, 100));
        Assert.Null(LoginShells.Find("1001 one bin/zsh\n1001 one\n-1 x /bin/sh\n4294967295 x /bin/sh", 1001));
        Assert.Equal([new(1, "a", "/b")], LoginShells.Parse("1 a /b\n1 c /d\n"));
    }

    [Fact]
    public void Sshd_gets_a_block_for_users_and_one_for_groups_without_root_and_those_who_are_spared()
    {
        string text = RecordedLogins.DropIn(["one", "two"], ["ops"], "glass");

        Assert.Contains("Match User one,two Group *,!glass\n    ForceCommand exec /usr/local/lib/akashi/akashi-login-shell --forced-command\n", text);
        Assert.Contains("Match Group ops,!glass User *,!root\n    ForceCommand exec ", text);
        Assert.DoesNotContain("Group", RecordedLogins.DropIn(["one"], [], ""));
    }

    [Fact]
    public void The_highest_free_number_of_a_systems_account_is_taken()
    {
        Assert.Equal(997u, RecordedLogins.FindFreeUid(uid => uid >= 998));
        Assert.Equal(0u, RecordedLogins.FindFreeUid(_ => true));
    }
}
