using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akashi.Cli.Tests.Audisp;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Auditd;

/// <summary>auditd --trial, which a restart asks before it ends what runs: TLS that can't be had is said then.</summary>
public sealed class AuditdTrialTests : IDisposable
{
    const int ConfigurationError = 6;

    readonly TemporaryFolder _folder = new();

    public AuditdTrialTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Certify(key);
        Write("own.pem", certificate.ExportCertificatePem(), isSecret: false);
        Write("own.key", key.ExportPkcs8PrivateKeyPem(), isSecret: true);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("other.key", other.ExportPkcs8PrivateKeyPem(), isSecret: true);
        Write("auditd.conf", $"""
            log_file = {_folder["audit.log"]}
            tcp_listen_port = 60
            use_libwrap = no
            transport = tls
            tls_auth = x509
            tls_cert_file = {_folder["own.pem"]}
            tls_key_file = {_folder["own.key"]}
            tls_ca_file = {_folder["own.pem"]}

            """, isSecret: true);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_can_be_used_is_silent()
    {
        RequireRoot();
        Assert.Equal((0, ""), Try());
    }

    [Fact]
    public void A_key_that_others_read_is_said()
    {
        RequireRoot();
        File.SetUnixFileMode(_folder["own.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        AssertRefused(_folder["own.key"]);
    }

    [Theory]
    [InlineData("own.key")]
    [InlineData("own.pem")]
    public void A_file_that_is_not_there_is_said(string name)
    {
        RequireRoot();
        File.Delete(_folder[name]);
        AssertRefused(_folder[name]);
    }

    [Fact]
    public void A_key_of_another_certificate_is_said()
    {
        RequireRoot();
        File.Move(_folder["other.key"], _folder["own.key"], overwrite: true);
        AssertRefused("");
    }

    [Fact]
    public void A_list_of_clients_that_is_wrong_is_said()
    {
        RequireRoot();
        Write("clients", "web perhaps\n", isSecret: true);
        File.AppendAllText(_folder["auditd.conf"], $"tls_allowed_clients = {_folder["clients"]}\n");
        AssertRefused(_folder["clients"]);
    }

    [Fact]
    public void Where_nobody_listens_its_files_do_not_matter()
    {
        RequireRoot();
        File.Delete(_folder["own.key"]);
        File.WriteAllText(_folder["auditd.conf"], File.ReadAllText(_folder["auditd.conf"]).Replace("tcp_listen_port = 60\n", ""));
        Assert.Equal(0, Try().ExitCode);
    }

    static X509Certificate2 Certify(ECDsa key)
    {
        var request = new CertificateRequest("CN=collector", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(300));
    }

    // A daemon's configuration has to be root's.
    static void RequireRoot() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make files of root");

    void AssertRefused(string named)
    {
        (int exitCode, string said) = Try();
        Assert.Equal(ConfigurationError, exitCode);
        Assert.StartsWith("auditd: ", said);
        Assert.Contains(named, said);
    }

    (int ExitCode, string Said) Try()
    {
        using var program = new PluginProgram("auditd", "-c", _folder.Path, "--trial");
        (int exitCode, string output, string error) = program.End();
        Assert.Empty(output);
        return (exitCode, error);
    }

    void Write(string name, string text, bool isSecret)
    {
        File.WriteAllText(_folder[name], text);
        UnixFileMode readers = isSecret ? default : UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | readers);
    }
}
