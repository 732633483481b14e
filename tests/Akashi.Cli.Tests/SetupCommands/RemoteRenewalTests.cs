using System.Diagnostics;
using System.Text;
using Akashi.Cli.SetupCommands;
using Akashi.Linux.Tls;
using Akashi.Testing;

namespace Akashi.Cli.Tests.SetupCommands;

/// <summary>What --renew-authority makes of an image's certificates, as the openssl command judges them; that connections outlast it is in the live tests.</summary>
public sealed class RemoteRenewalTests : IDisposable
{
    const string Tls = "etc/audit/tls/";

    readonly TemporaryFolder _root = new();
    readonly ToolRun _setup = new("setup", SetupTool.Tool.Run);

    public RemoteRenewalTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make files of root");
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "openssl isn't installed");
        Write("etc/audit/auditd.conf", "log_file = /var/log/audit/audit.log\n");
        Write("etc/hostname", "hub\n");
        Assert.Equal(0, Run("--receive", "--make-certificates", "--yes"));
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Each_end_believes_the_other_whichever_bundle_it_has_until_the_former_authority_ends()
    {
        Assert.Equal(0, Run("--issue", "web", "--yes"));
        Assert.Equal(0, Run("--issue", "db", "--yes"));
        string old = Take("web"), formerAuthority = Read(Tls + "ca.pem"), receiversKey = Read(Tls + "collector.key");
        File.Delete(_root[Tls + "issued/db.bundle"]);

        Assert.Equal(0, Run("--renew-authority", "--yes"));
        Assert.DoesNotContain("BEGIN", _setup.Output);
        Assert.Equal(formerAuthority, Read(Tls + "ca-former.pem"));
        Assert.Equal(2, Read(Tls + "ca.pem").Split("BEGIN").Length - 1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_root[Tls + "ca-former.key"]));
        Assert.Equal(1, Run("--renew-authority", "--yes"));
        Assert.Contains("these have no certificate of the new authority yet, and would be refused: db, web", _setup.Error);

        Assert.Equal(0, Run("--issue", "web", "--yes"));
        string renewed = Take("web");
        foreach (string bundle in new[] { old, renewed })
        {
            Assert.True(IsBelieved(_root[Tls + "ca.pem"], bundle), "the receiver doesn't believe the sender");
            Assert.True(IsBelieved(AuthoritiesOf(bundle), _root[Tls + "collector.pem"]), "the sender doesn't believe the receiver");
        }

        Assert.Equal(0, Run("--issue", "db", "--yes"));
        Assert.Equal(0, Run("--renew-authority", "--dry-run"));
        Assert.Contains("who hasn't put its new bundle to use is refused from then on, and has its records wait: db, web", _setup.Error);
        Assert.Equal(0, Run("--renew-authority", "--yes"));
        Assert.True(IsBelieved(_root[Tls + "ca.pem"], renewed));
        Assert.True(IsBelieved(AuthoritiesOf(renewed), _root[Tls + "collector.pem"]));
        Assert.False(IsBelieved(_root[Tls + "ca.pem"], old));
        Assert.Equal((false, false), (File.Exists(_root[Tls + "ca-former.key"]), File.Exists(_root[Tls + "ca-former.pem"])));
        Assert.Equal(receiversKey, Read(Tls + "collector.key"));
        Assert.Equal(["hub"], IssuedCertificate.Read(Read(Tls + "collector.pem"))!.Names);
        Assert.Single(Read(Tls + "issued/web.pem").Split("BEGIN")[1..]);

        Assert.Equal(0, Run("--undo", "--yes"));
        Assert.False(Directory.Exists(_root[Tls]));
    }

    [Fact]
    public void Who_was_revoked_stays_so_and_those_of_either_authority_can_be()
    {
        foreach (string name in new[] { "web", "db", "mail" })
            Assert.Equal(0, Run("--issue", name, "--yes"));
        (string web, string db, string mail) = (Take("web"), Take("db"), Take("mail"));
        Assert.Equal(0, Run("--revoke", "mail", "--yes"));
        Assert.Equal(0, Run("--renew-authority", "--yes"));
        Assert.Equal(0, Run("--issue", "web", "--yes"));
        string renewed = Take("web");

        string[] Believed() => [.. new[] { ("mail", mail), ("web", web), ("renewed", renewed), ("db", db) }.Where(one => IsBelieved(_root[Tls + "ca.pem"], one.Item2, _root[Tls + "ca.crl"])).Select(one => one.Item1)];
        Assert.Equal(["web", "renewed", "db"], Believed());
        Assert.Equal(0, Run("--revoke", "web", "--yes"));
        Assert.Empty(_setup.Error);
        Assert.Equal(["db"], Believed());
        Assert.Equal(0, Run("--issue", "db", "--yes"));
        Assert.Equal(0, Run("--renew-authority", "--yes"));
        Assert.Empty(Believed());
        Assert.True(IsBelieved(_root[Tls + "ca.pem"], Take("db"), _root[Tls + "ca.crl"]));
        Assert.Single(Read(Tls + "ca.crl").Split("BEGIN")[1..]);
    }

    [Fact]
    public void Where_nobody_has_a_certificate_the_former_authority_ends_at_once()
    {
        string former = Read(Tls + "ca.pem");

        Assert.Equal(0, Run("--renew-authority", "--yes"));
        Assert.NotEqual(former, Read(Tls + "ca.pem"));
        Assert.False(File.Exists(_root[Tls + "ca-former.key"]));
        Assert.True(IsBelieved(_root[Tls + "ca.pem"], _root[Tls + "collector.pem"]));
    }

    [Fact]
    public void An_authority_that_ends_soon_is_warned_of_and_one_that_has_ended_issues_nothing_and_is_replaced()
    {
        Assert.Equal(0, Run("--issue", "web", "--yes"));
        Take("web");
        Advance(3652 - 80);
        Assert.Equal(0, Run("--issue", "web", "--dry-run"));
        Assert.Contains("warning: the authority ends in 80 days", _setup.Error);
        Assert.Contains("hint: akashi setup remote --renew-authority\n", _setup.Error);

        // The receiver's ends with it: made anew it would too.
        Assert.Equal(0, Run("--receive", "--make-certificates", "--yes"));
        Advance(60);
        string receivers = Read(Tls + "collector.pem");
        Assert.Equal(0, Run("--receive", "--make-certificates", "--yes"));
        Assert.Equal(receivers, Read(Tls + "collector.pem"));

        Advance(30);
        Assert.Equal(1, Run("--issue", "web", "--yes"));
        Assert.Contains("the authority has ended, on 1980-01-01", _setup.Error);
        Assert.Equal(0, Run("--renew-authority", "--yes"));
        Assert.Contains("nobody is let in until each machine has a new bundle: web", _setup.Error);
        Assert.False(File.Exists(_root[Tls + "ca-former.key"]));
        Assert.Equal(0, Run("--issue", "web", "--yes"));
        Assert.True(IsBelieved(_root[Tls + "ca.pem"], Take("web")));
    }

    [Fact]
    public void An_authority_of_somebody_else_is_not_renewed()
    {
        Write("etc/audit/auditd.conf", "transport = tls\ntls_ca_file = /etc/pki/ca.pem\n");
        Assert.Equal(1, Run("--renew-authority", "--yes"));
        Assert.Contains("tls_ca_file is /etc/pki/ca.pem, an authority of somebody else's", _setup.Error);
        Write("etc/audit/auditd.conf", "transport = tls\ntls_crl_file = /etc/pki/ca.crl\n");
        Assert.Equal(1, Run("--renew-authority", "--yes"));
        Assert.Contains("tls_crl_file is /etc/pki/ca.crl", _setup.Error);
        Assert.Equal(2, Run("--renew-authority", "--issue", "web", "--yes"));
        Assert.Contains("--issue and --renew-authority are two things", _setup.Error);
    }

    [Theory]
    [InlineData("", "no list of revoked certificates can be read in it")]
    [InlineData("-----BEGIN X509 CRL-----\n", "no list of revoked certificates can be read in it")]
    [InlineData("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n-----BEGIN X509 CRL-----\n", "of 2 parts that begin with -----BEGIN only 1 can be read")]
    public void With_a_damaged_list_nothing_is_renewed(string list, string said)
    {
        Write(Tls + "ca.crl", list);
        string before = Read(Tls + "ca.pem");

        Assert.Equal(1, Run("--renew-authority", "--yes"));
        Assert.Contains(said, _setup.Error);
        Assert.Equal(before, Read(Tls + "ca.pem"));
    }

    void Advance(int days) => ((ManualClock)_setup.Host.Clock).Advance(TimeSpan.FromDays(days));

    // Carried away, as an administrator does.
    string Take(string name)
    {
        string path = _root[$"{name}-{Guid.NewGuid():N}"];
        File.Move(_root[$"{Tls}issued/{name}.bundle"], path);
        return path;
    }

    string AuthoritiesOf(string bundle)
    {
        Assert.Null(CertificateAuthority.Split(File.ReadAllText(bundle), out _, out _, out string authorities));
        File.WriteAllText(bundle + "-authorities", authorities);
        return bundle + "-authorities";
    }

    // The clock here isn't the machine's.
    static bool IsBelieved(string authorities, string certificate, string? lists = null)
    {
        string[] revoked = lists is null ? [] : ["-crl_check_all", "-CRLfile", lists];
        using Process process = Process.Start(new ProcessStartInfo("openssl", ["verify", "-no_check_time", "-x509_strict", "-CAfile", authorities, .. revoked, certificate]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    int Run(params string[] arguments) => _setup.Run(["remote", "--root", _root.Path, .. arguments]);

    void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[path])!);
        File.WriteAllText(_root[path], text);
    }

    string Read(string path) => File.ReadAllText(_root[path], Encoding.UTF8);
}
