using System.Text;
using Akashi.Cli.SetupCommands;
using Akashi.Linux.Tls;
using Akashi.Testing;

namespace Akashi.Cli.Tests.SetupCommands;

/// <summary>What akashi setup remote changes in an image below a directory; that it works is in the live tests.</summary>
public sealed class RemoteSetupTests : IDisposable
{
    const string Sender = "etc/audit/audisp-remote.conf";
    const string Receiver = "etc/audit/auditd.conf";
    const string Tls = "etc/audit/tls/";
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
        Assert.Equal(!isSecured, _setup.Error.Contains("--make-certificates"));
    }

    [Theory]
    [InlineData("tls", true)]
    [InlineData("tcp", false)]
    public void A_receiver_that_is_secured_stays_so(string transport, bool isSecured)
    {
        RequireRoot();
        Write(Receiver, $"log_file = /var/log/audit/audit.log\ntransport = {transport}\n");

        Assert.Equal(0, Run("--receive", "--yes"));
        Assert.Contains("tcp_listen_port = 60\ntcp_max_per_addr = 2\n", Read(Receiver));
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

    [Fact]
    public void Certificates_are_made_handed_out_taken_and_taken_back()
    {
        RequireRoot();
        Write("etc/hostname", "hub\n");
        Assert.Equal(0, Run("--receive", "--make-certificates", "--name", "10.0.0.1", "--yes"));
        Assert.DoesNotContain("BEGIN", _setup.Output);
        Assert.DoesNotContain(InClear, _setup.Error);
        Assert.Contains("transport = tls\ntls_auth = x509\ntls_cert_file = /etc/audit/tls/collector.pem\ntls_key_file = /etc/audit/tls/collector.key\ntls_ca_file = /etc/audit/tls/ca.pem\n", Read(Receiver));
        Assert.Equal(["hub", "10.0.0.1"], IssuedCertificate.Read(Read(Tls + "collector.pem"))!.Names);
        foreach (string secret in new[] { "ca.key", "collector.key" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_root[Tls + secret]));
        string keys = Read(Tls + "ca.key") + Read(Tls + "collector.key") + Read(Tls + "collector.pem");
        Assert.Equal(0, Run("--receive", "--make-certificates", "--yes"));
        Assert.Equal(keys, Read(Tls + "ca.key") + Read(Tls + "collector.key") + Read(Tls + "collector.pem"));

        Assert.Equal(0, Run("--issue", "web.example", "--yes"));
        Assert.Contains("/etc/audit/tls/issued/web.example.bundle", _setup.Output);
        Assert.Equal(1, Run("--issue", "web.example", "--yes"));
        Assert.Contains("is still there, with a key", _setup.Error);
        Assert.Equal(1, Run("--issue", "HUB", "--yes"));
        File.Move(_root[Tls + "issued/web.example.bundle"], _root["carried"]);

        Assert.Equal(0, Run("--to", "hub", "--certificates", _root["carried"], "--yes"));
        Assert.DoesNotContain("BEGIN", _setup.Output);
        Assert.DoesNotContain(InClear, _setup.Error);
        Assert.Contains("transport = tls\ntls_auth = x509\ntls_cert_file = /etc/audit/tls/sender.pem\n", Read(Sender));
        Assert.Equal(Read(Tls + "ca.pem"), Read(Tls + "sender-ca.pem"));
        Assert.StartsWith(Read(Tls + "sender.pem"), Read(Tls + "issued/web.example.pem"));

        Assert.Equal(0, Run("--undo", "--yes"));
        Assert.False(Directory.Exists(_root[Tls]));
        Assert.Equal("log_file = /var/log/audit/audit.log\n", Read(Receiver));
    }

    [Fact]
    public void A_machine_that_is_revoked_stands_in_the_list_and_may_be_given_another()
    {
        RequireRoot();
        Write("etc/hostname", "hub\n");
        Assert.Equal(1, Run("--revoke", "web", "--yes"));
        Assert.Contains("no authority was made on this machine", _setup.Error);
        Assert.Equal(0, Run("--receive", "--make-certificates", "--yes"));
        Assert.Equal(1, Run("--revoke", "web", "--yes"));
        Assert.Contains("web was given no certificate here", _setup.Error);
        Assert.Equal(0, Run("--issue", "web", "--yes"));
        Assert.Equal(0, Run("--revoke", "web", "--yes"));

        Assert.Contains("tls_crl_file = /etc/audit/tls/ca.crl\n", Read(Receiver));
        Assert.StartsWith("-----BEGIN X509 CRL-----", Read(Tls + "ca.crl"));
        Assert.Empty(Directory.EnumerateFiles(_root[Tls + "issued"]));
        Assert.Equal(0, Run("--issue", "web", "--yes"));
        Assert.True(File.Exists(_root[Tls + "issued/web.bundle"]));
    }

    [Fact]
    public void Certificates_of_somebody_else_are_left_alone()
    {
        Write(Receiver, "transport = tls\ntls_auth = x509\ntls_cert_file = /etc/pki/hub.pem\n");
        Assert.Equal(1, Run("--receive", "--make-certificates", "--dry-run"));
        Assert.Contains("goes by other keys already: tls_cert_file = /etc/pki/hub.pem", _setup.Error);
        Write(Receiver, "transport = tls\ntls_psk_file = /etc/audit/psk\n");
        Assert.Equal(1, Run("--receive", "--make-certificates", "--dry-run"));
        Assert.Contains("transport = tls with shared keys", _setup.Error);
        Write(Receiver, "");
        Write(Tls + "ca.pem", "something");
        Assert.Equal(1, Run("--receive", "--make-certificates", "--dry-run"));
        Assert.Contains("no /etc/audit/tls/ca.pem with its /etc/audit/tls/ca.key", _setup.Error);
        Write("carried", "nothing");
        Assert.Equal(1, Run("--to", "hub", "--certificates", _root["carried"], "--dry-run"));
        Assert.Contains("can't be used: it has no certificate of a machine", _setup.Error);
        Assert.Equal(1, Run("--to", "hub", "--certificates", _root["nowhere"], "--dry-run"));
    }

    [Theory]
    [InlineData("--make-certificates belongs to --receive", "--to", "hub", "--make-certificates")]
    [InlineData("--name belongs to --make-certificates", "--receive", "--name", "hub")]
    [InlineData("--certificates belongs to --to", "--receive", "--certificates", "/x")]
    [InlineData("--receive and --issue are two things", "--receive", "--issue", "web")]
    [InlineData("--issue needs the host name of a machine, not '../x'", "--issue", "../x")]
    [InlineData("--issue needs the host name of a machine, not '10.0.0.7'", "--issue", "10.0.0.7")]
    [InlineData("--revoke needs the host name of a machine, not '.x'", "--revoke", ".x")]
    public void Words_that_do_not_go_together_are_refused(params string[] words)
    {
        Assert.Equal(2, Run(words[1..]));
        Assert.Contains(words[0], _setup.Error);
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
