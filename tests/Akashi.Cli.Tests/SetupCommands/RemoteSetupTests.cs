using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Akashi.Cli.SetupCommands;
using Akashi.Host;
using Akashi.Linux.Files;
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

    [Theory]
    [InlineData("tcp_listen_port = 60\n", true)]
    [InlineData("tcp_listen_port = 60\ntransport = tls\ntls_auth = x509\ntls_cert_file = /etc/audit/tls/collector.pem\n", false)]
    [InlineData("tcp_listen_port = 0\n", false)]
    [InlineData("", false)]
    public void Going_over_to_TLS_warns_of_those_who_send_in_plain(string settings, bool isWarned)
    {
        Write("etc/hostname", "hub\n");
        Write(Receiver, settings);

        Assert.Equal(0, Run("--receive", "--make-certificates", "--dry-run"));
        Assert.Equal(isWarned, _setup.Error.Contains("warning: records come in clear here now: who sends so is refused as soon as auditd uses TLS"));
    }

    [Fact]
    public void An_undo_keeps_the_authority_that_others_have_certificates_of_and_it_can_be_brought_back()
    {
        RequireRoot();
        MakeReceiver();
        foreach (string sender in new[] { "web", "db" })
            Assert.Equal(0, Run("--issue", sender, "--yes"));
        Assert.Equal(0, Run("--revoke", "db", "--yes"));
        string[] names = ["ca.key", "ca.pem", "ca.crl", "collector.key", "collector.pem", "issued/web.pem"];
        string[] before = [.. names.Select(name => Read(Tls + name))];

        Assert.Equal(0, Run("--undo", "--dry-run"));
        Assert.Contains("warning: the authority goes, and its key: web has a certificate of it, and can't send here any more", _setup.Error);
        Assert.False(Directory.Exists(_root["var/lib/akashi/undone-tls-19700101-000000"]));
        Assert.Equal(0, Run("--undo", "--yes"));
        string kept = Assert.Single(Directory.GetDirectories(_root["var/lib/akashi"]));
        Assert.Equal(kept[(_root.Path.Length)..], "/var/lib/akashi/" + _setup.Error.Split("/var/lib/akashi/")[1].Split('\n', ' ', '/')[0]);
        Assert.False(Directory.Exists(_root[Tls]));
        Assert.Equal(names.Order(StringComparer.Ordinal), Directory.GetFiles(kept, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(kept, path)).Order(StringComparer.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(kept));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(kept, "ca.key")));

        using (Process copied = Process.Start("cp", ["-a", kept + "/.", _root[Tls]]))
            copied.WaitForExit();
        Assert.Equal(0, Run("--receive", "--make-certificates", "--yes"));
        Assert.Equal(before, names.Select(name => Read(Tls + name)));
        Assert.Contains("tls_crl_file = /etc/audit/tls/ca.crl\n", Read(Receiver));
        Assert.Contains("transport = tls\n", Read(Receiver));
    }

    [Fact]
    public void An_undo_keeps_nothing_that_nobody_depends_on()
    {
        RequireRoot();
        MakeReceiver();

        Assert.Equal(0, Run("--undo", "--yes"));
        Assert.DoesNotContain("authority", _setup.Error);
        Assert.False(Directory.Exists(_root["var/lib/akashi"]));
    }

    [Theory]
    [InlineData("", "no certificate can be read in it")]
    [InlineData("cut", "no certificate can be read in it")]
    [InlineData("one of two cut", "of 2 parts that begin with -----BEGIN only 1 can be read as certificates")]
    [InlineData("a key", "of 2 parts that begin with -----BEGIN only 1 can be read as certificates")]
    [InlineData("another's", "issued/web.pem has certificates that /etc/audit/tls/ca.pem didn't sign: serial")]
    [InlineData("list", "ca.crl can't be used, nothing is revoked")]
    public void Nothing_is_revoked_where_it_is_not_known_what(string damage, string said)
    {
        RequireRoot();
        MakeReceiver();
        Assert.Equal(0, Run("--issue", "web", "--yes"));
        string certificate = Read(Tls + "issued/web.pem"), receiver = Read(Receiver);
        using CertificateAuthority another = CertificateAuthority.Make("audit authority of hub", CertificateAuthority.MakeKey(), DateTimeOffset.UtcNow);
        Write(Tls + "issued/web.pem", damage switch
        {
            "" => "",
            "cut" => certificate[..200],
            "one of two cut" => certificate + certificate[..200],
            "a key" => certificate + Read(Tls + "ca.key"),
            "another's" => another.Issue(["web"], CertificateAuthority.MakeKey(), isReceivers: false, DateTimeOffset.UtcNow),
            _ => certificate,
        });
        if (damage == "list")
            Write(Tls + "ca.crl", "");
        string before = Read(Tls + "issued/web.pem");

        Assert.Equal(1, Run("--revoke", "web", "--yes"));
        Assert.Contains(said, _setup.Error);
        Assert.Equal((before, receiver), (Read(Tls + "issued/web.pem"), Read(Receiver)));
        Assert.True(File.Exists(_root[Tls + "issued/web.bundle"]));
        Assert.Equal(damage == "list", File.Exists(_root[Tls + "ca.crl"]));
    }

    [Fact]
    public void What_another_authority_signed_is_said_and_the_rest_is_revoked()
    {
        RequireRoot();
        MakeReceiver();
        Assert.Equal(0, Run("--issue", "web", "--yes"));
        using CertificateAuthority another = CertificateAuthority.Make("audit authority of hub", CertificateAuthority.MakeKey(), DateTimeOffset.UtcNow);
        Write(Tls + "issued/web.pem", another.Issue(["web"], CertificateAuthority.MakeKey(), isReceivers: false, DateTimeOffset.UtcNow) + Read(Tls + "issued/web.pem"));

        Assert.Equal(0, Run("--revoke", "web", "--yes"));
        Assert.Contains("didn't sign: serial ", _setup.Error);
        Assert.Contains("these aren't revoked", _setup.Error);
        Assert.StartsWith("-----BEGIN X509 CRL-----", Read(Tls + "ca.crl"));
    }

    [Fact]
    public void A_name_is_one_whatever_its_letters_case()
    {
        RequireRoot();
        MakeReceiver("--name", "Hub.Example");
        Assert.Equal(["HUB", "hub.example"], IssuedCertificate.Read(Read(Tls + "collector.pem"))!.Names);
        Assert.Equal(0, Run("--issue", "WEB", "--yes"));
        Assert.Equal(["web"], IssuedCertificate.Read(Read(Tls + "issued/web.pem"))!.Names);
        File.Delete(_root[Tls + "issued/web.bundle"]);
        Assert.Equal(0, Run("--issue", "web", "--yes"));
        Assert.Contains("web has a certificate already", _setup.Error);

        Assert.Equal(0, Run("--revoke", "Web", "--yes"));
        Assert.Empty(Directory.EnumerateFiles(_root[Tls + "issued"]));
    }

    [Fact]
    public void The_longest_name_has_files_and_the_longest_part_a_certificate()
    {
        RequireRoot();
        MakeReceiver();
        string part = new('a', 63), name = $"{part}.{part}.{part}.{part[..44]}";
        Assert.Equal(0, Run("--issue", name, "--yes"));
        Assert.Equal([name], IssuedCertificate.Read(Read($"{Tls}issued/{name}.pem"))!.Names);
        Assert.Equal(2, Run("--issue", name + "a", "--yes"));
        Assert.Contains("--issue needs a name of 236 letters at most", _setup.Error);
    }

    [Fact]
    public void A_host_name_that_no_certificate_can_have_is_refused()
    {
        Write("etc/hostname", $"{new string('a', 64)}\n");
        Assert.Equal(1, Run("--receive", "--make-certificates", "--dry-run"));
        Assert.Contains("the machine's host name: a name has parts of 1 to 63 letters", _setup.Error);
    }

    [Theory]
    [InlineData("/dev/zero", "it is no regular file")]
    [InlineData("/dev", "it is a directory")]
    [InlineData("pipe", "it is a pipe, not a file")]
    [InlineData("long", "it is longer than 65536 bytes")]
    [InlineData("nowhere", "No such file or directory")]
    public void What_certificates_are_read_from_is_a_short_file(string name, string said)
    {
        string path = _root[name];
        if (name == "pipe")
        {
            using Process made = Process.Start("mkfifo", [path]);
            made.WaitForExit();
        }

        if (name == "long")
            Write(name, new string('x', 65537));

        Assert.Equal(1, Run("--to", "hub", "--certificates", path, "--dry-run"));
        Assert.Contains($"cannot read {path}: {said}", _setup.Error);
    }

    [Fact]
    public void A_certificate_without_a_name_is_refused()
    {
        string key = CertificateAuthority.MakeKey();
        using CertificateAuthority authority = CertificateAuthority.Make("x", key, DateTimeOffset.UtcNow);
        using X509Certificate2 issuer = X509Certificate2.CreateFromPem(authority.Certificate, key);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 nameless = new CertificateRequest("CN=web", own, HashAlgorithmName.SHA256).Create(issuer, issuer.NotBefore, issuer.NotAfter, [1]);
        Write("carried", nameless.ExportCertificatePem() + "\n" + own.ExportPkcs8PrivateKeyPem() + "\n" + authority.Certificate);

        Assert.Equal(1, Run("--to", "hub", "--certificates", _root["carried"], "--dry-run"));
        Assert.Contains("can't be used: its certificate has no name of a machine (subjectAltName)", _setup.Error);
    }

    [Fact]
    public void Only_one_setup_at_a_time_changes_an_image()
    {
        RequireRoot();
        MakeReceiver();
        Directory.CreateSymbolicLink(_root["other"], _root.Path);
        using (FileLock held = FileLock.TryTakeDirectory(_root["other"], out FileLock? taken) ? taken : throw new InvalidOperationException())
        {
            Assert.Contains($"another akashi setup runs: it holds {_root.Path}", Assert.Throws<AuditException>(() => Run("--issue", "web", "--yes")).Message);
            Assert.False(Directory.Exists(_root[Tls + "issued"]));
            Assert.Equal(0, Run("--issue", "web", "--dry-run"));
        }

        Assert.Equal(0, Run("--issue", "web", "--yes"));
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
    [InlineData("--revoke needs the host name of a machine, not 'web.'", "--revoke", "web.")]
    [InlineData("not 'a..b': a name has parts of 1 to 63 letters, digits, '-' and '_', with dots between them", "--issue", "a..b")]
    [InlineData("--name needs the name or address of a machine, not 'hub.'", "--receive", "--make-certificates", "--name", "hub.")]
    [InlineData("--name needs the name or address of a machine, not ':::'", "--receive", "--make-certificates", "--name", ":::")]
    [InlineData("--to needs the name or address of a machine, not 'a..b'", "--to", "a..b")]
    public void Words_that_do_not_go_together_are_refused(params string[] words)
    {
        Assert.Equal(2, Run(words[1..]));
        Assert.Contains(words[0], _setup.Error);
    }

    [Theory]
    [InlineData("[fd00::1]:61", "fd00::1")]
    [InlineData("fe80::1%eth7", "fe80::1%eth7")]
    [InlineData("10.0.0.1:61", "10.0.0.1")]
    [InlineData("Hub.example.", "Hub.example.")]
    public void Records_are_sent_to_a_name_or_an_address(string place, string server)
    {
        Assert.Equal(0, Run("--to", place, "--dry-run"));
        Assert.Contains($"+remote_server = {server}\n", _setup.Output);
    }

    // A receiver HUB with an authority.
    void MakeReceiver(params string[] arguments)
    {
        Write("etc/hostname", "HUB\n");
        Assert.Equal(0, Run(["--receive", "--make-certificates", "--yes", .. arguments]));
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
