using System.Text;
using Akashi.Cli.SetupCommands;
using Akashi.Testing;

namespace Akashi.Cli.Tests.SetupCommands;

/// <summary>What akashi setup remote changes in an image below a directory; that it works is in the live tests.</summary>
public sealed class RemoteSetupTests : IDisposable
{
    const string Sender = "etc/audit/audisp-remote.conf";
    const string Receiver = "etc/audit/auditd.conf";
    const string InClear = " in clear, and ";

    readonly TemporaryFolder _root = new();
    readonly ToolRun _setup = new("setup", SetupTool.Tool.Run);

    public RemoteSetupTests()
    {
        Write(Receiver, "log_file = /var/log/audit/audit.log\n");
        Write("usr/local/sbin/audisp-remote", "");
    }

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("tls", true)]
    [InlineData("TLS", true)]
    [InlineData("tcp", false)]
    [InlineData("krb5", false)]
    public void A_sender_that_is_secured_stays_so(string transport, bool isSecured)
    {
        RequireRoot();
        Write(Sender, $"remote_server = old\ntransport = {transport}\n");

        Assert.Equal(0, Run("--to", "collector.example", "--yes"));
        Assert.Contains("remote_server = collector.example\n", Read(Sender));
        Assert.Contains($"transport = {(isSecured ? transport : "tcp")}\n", Read(Sender));
        Assert.Equal(!isSecured, _setup.Error.Contains(InClear));
        Assert.Equal(!isSecured, _setup.Error.Contains("TLS (transport = tls, docs/remote.md)"));
    }

    [Theory]
    [InlineData("tls", true)]
    [InlineData("tcp", false)]
    public void A_receiver_that_is_secured_stays_so(string transport, bool isSecured)
    {
        RequireRoot();
        Write(Receiver, $"log_file = /var/log/audit/audit.log\ntransport = {transport}\n");

        Assert.Equal(0, Run("--receive", "--yes"));
        Assert.Contains("tcp_listen_port = 60\n", Read(Receiver));
        Assert.Contains($"transport = {transport}\n", Read(Receiver));
        Assert.Equal(!isSecured, _setup.Error.Contains(InClear));
        Assert.Equal(!isSecured, _setup.Error.Contains("whoever reaches the port may send records"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("node_from = 10.0.0.0/8\n", false)]
    public void A_port_for_anybody_is_warned_of_where_nobody_said_who_may_send(string own, bool isWarned)
    {
        Write("etc/audit/akashi.conf", own);

        Assert.Equal(0, Run("--receive", "--dry-run"));
        Assert.Equal(isWarned, _setup.Error.Contains("whoever reaches the port may send records"));
    }

    // Files are made as root's.
    static void RequireRoot() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make files of root");

    int Run(params string[] arguments) => _setup.Run(["remote", "--root", _root.Path, .. arguments]);

    void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[path])!);
        File.WriteAllText(_root[path], text);
    }

    string Read(string path) => File.ReadAllText(_root[path], Encoding.UTF8);
}
