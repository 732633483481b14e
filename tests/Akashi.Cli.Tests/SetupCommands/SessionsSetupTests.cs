using System.Text;
using Akashi.Cli.SetupCommands;
using Akashi.Setup;
using Akashi.Testing;

namespace Akashi.Cli.Tests.SetupCommands;

/// <summary>Sessions set up in an image below a directory; with sshd, logins and rollback: tests/lab/logins.py.</summary>
public sealed class SessionsSetupTests : IDisposable
{
    const string Passwd = "root:x:0:0::/root:/bin/sh\nshota:x:1000:50::/home/shota:/bin/zsh\naya:x:1001:50:Aya:/home/aya:/bin/sh\nglass:x:1002:51::/:/bin/sh\ndaemon:x:1:1::/:/usr/sbin/nologin\n";

    readonly TemporaryFolder _root = new();
    readonly ToolRun _setup = new("setup", SetupTool.Tool.Run);

    public SessionsSetupTests()
    {
        Write("etc/passwd", Passwd);
        Write("etc/group", "ops:x:50:glass,daemon\nglass:x:51:\n");
        Write("etc/shells", "/bin/sh\n");
        Write("etc/ssh/sshd_config", "# x\nInclude /etc/ssh/sshd_config.d/*.conf\nSubsystem sftp /usr/lib/openssh/sftp-server\n");
        foreach (string shell in (string[])["sh", "zsh"])
            Write("bin/" + shell, "");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Members_of_a_group_get_the_login_shell_but_for_those_who_are_spared_and_can_not_log_in()
    {
        RequireRoot();
        Assert.Equal(0, Run("--groups", "ops", "--break-glass", "glass", "--list-shell", "--yes"));

        string passwd = Read("etc/passwd");
        Assert.Contains("shota:x:1000:50::/home/shota:/usr/local/lib/akashi/akashi-login-shell\naya:x:1001:50:Aya:/home/aya:/usr/local/lib/akashi/akashi-login-shell\nglass:x:1002:51::/:/bin/sh\n", passwd);
        Assert.EndsWith("akashi-recorder:*:999:65534:Akashi session recorder:/nonexistent:/usr/sbin/nologin\n", passwd);
        Assert.EndsWith("1000 shota /bin/zsh\n1001 aya /bin/sh\n", Read("etc/akashi/login-shells"));
        Assert.Contains("break_glass_group = glass\n", Read("etc/akashi/recorder.conf"));
        Assert.Equal("/bin/sh\n/usr/local/lib/akashi/akashi-login-shell\n", Read("etc/shells"));
        Assert.Contains("nobody logs in as daemon", _setup.Error);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute, File.GetUnixFileMode(_root["usr/local/lib/akashi/akashi-login-shell"]));
        Assert.Contains("ExecStart=/usr/local/lib/akashi/akashi recorder\n", Read("etc/systemd/system/akashi-recorder.service"));

        Write("etc/passwd", passwd.Replace(":Aya:", ":Aya A:", StringComparison.Ordinal));
        Assert.Equal(0, Run("--undo", "--yes"));
        Assert.Equal(Passwd.Replace(":Aya:", ":Aya A:", StringComparison.Ordinal), Read("etc/passwd"));
        Assert.Equal("/bin/sh\n", Read("etc/shells"));
        Assert.False(Directory.Exists(_root["etc/akashi"]) || Directory.Exists(_root["var/lib/akashi"]) || Directory.Exists(_root["usr/local/lib/akashi"]));
    }

    [Theory]
    [InlineData("root", "root is root: it must get in when the recorder doesn't work")]
    [InlineData("daemon", "nobody logs in as daemon: its shell is /usr/sbin/nologin")]
    [InlineData("nobody-knows", "there is no user 'nobody-knows'")]
    [InlineData("a*", "'a*': ")]
    public void Who_can_not_be_recorded_is_refused_and_nothing_is_changed(string user, string words)
    {
        Assert.Equal(1, Run("--users", "shota," + user, "--yes"));
        Assert.Contains("akashi setup: " + words, _setup.Error);
        Assert.Equal(Passwd, Read("etc/passwd"));
    }

    [Fact]
    public void Two_names_of_one_uid_have_no_shell_of_their_own()
    {
        Write("etc/passwd", Passwd + "twin:x:1000:50::/:/bin/sh\n");
        Assert.Equal(1, Run("--users", "shota", "--yes"));
        Assert.Contains("shota and twin are the same user for the kernel (uid 1000)", _setup.Error);
    }

    [Fact]
    public void By_sshd_no_account_changes_but_the_recorders()
    {
        RequireRoot();
        Assert.Equal(0, Run("--users", "shota", "--way", "force-command", "--yes"));
        Assert.StartsWith(Passwd, Read("etc/passwd"));
        Assert.Equal(RecordedLogins.DropIn(["shota"], [], ""), Read("etc/ssh/sshd_config.d/00-akashi-sessions.conf"));

        // Another way instead: what the first one made goes.
        Assert.Equal(0, Run("--users", "shota", "--way", "profile", "--yes"));
        Assert.False(File.Exists(_root["etc/ssh/sshd_config.d/00-akashi-sessions.conf"]));
        Assert.Contains("    1000)\n", Read("etc/profile.d/akashi-sessions.sh"));
    }

    [Theory]
    [InlineData("Subsystem sftp x\n")]
    [InlineData("Match User x\nInclude /etc/ssh/sshd_config.d/*.conf\n")]
    [InlineData("ForceCommand x\nInclude /etc/ssh/sshd_config.d/*.conf\n")]
    public void Sshd_that_would_not_read_it_first_is_refused(string text)
    {
        Write("etc/ssh/sshd_config", text);
        Assert.Equal(1, Run("--users", "shota", "--way", "force-command", "--yes"));
        Assert.Contains("doesn't include /etc/ssh/sshd_config.d/*.conf before anything else", _setup.Error);
    }

    static void RequireRoot() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make files of root");

    int Run(params string[] arguments) => _setup.Run(["sessions", "--root", _root.Path, .. arguments]);

    void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[path])!);
        File.WriteAllText(_root[path], text);
    }

    string Read(string path) => File.ReadAllText(_root[path], Encoding.UTF8);
}
