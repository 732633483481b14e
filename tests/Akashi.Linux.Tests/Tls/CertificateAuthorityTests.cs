using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akashi.Host;
using Akashi.Linux.Tls;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Tls;

/// <summary>What our authority makes, as the openssl command judges it.</summary>
public sealed class CertificateAuthorityTests : IDisposable
{
    static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    readonly TemporaryFolder _folder = new();
    readonly CertificateAuthority _authority;
    readonly string _authorityKey = CertificateAuthority.MakeKey();

    public CertificateAuthorityTests()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "openssl isn't installed");
        _authority = CertificateAuthority.Make("audit authority of hub", _authorityKey, s_now);
        File.WriteAllText(_folder["ca.pem"], _authority.Certificate);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_authority_signs_certificates_and_lists_and_nothing_else()
    {
        string text = OpenSsl("x509", "-in", _folder["ca.pem"], "-noout", "-text");

        Assert.Contains("Public-Key: (256 bit)", text);
        Assert.Contains("Signature Algorithm: ecdsa-with-SHA256", text);
        Assert.Contains("X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:0", text);
        Assert.Contains("X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign", text);
        Assert.Contains("Subject: CN = audit authority of hub", text);
    }

    [Theory]
    [InlineData(true, "sslclient", true)]
    [InlineData(true, "sslserver", true)]
    [InlineData(false, "sslclient", true)]
    [InlineData(false, "sslserver", false)]
    public void A_certificate_is_good_for_its_purpose_alone(bool isReceivers, string purpose, bool isGood)
    {
        Write("one", _authority.Issue(["hub"], CertificateAuthority.MakeKey(), isReceivers, s_now));

        Assert.Equal(isGood, IsVerified("-x509_strict", "-purpose", purpose, "-CAfile", _folder["ca.pem"], _folder["one"]));
    }

    [Fact]
    public void A_certificate_has_all_its_names_its_key_and_two_years()
    {
        string key = CertificateAuthority.MakeKey(), certificate = _authority.Issue(["hub", "hub.example", "10.0.0.1", "fd00::1"], key, isReceivers: true, s_now);
        Write("one", certificate);
        Write("key", key);

        string text = OpenSsl("x509", "-in", _folder["one"], "-noout", "-text");
        Assert.Contains("DNS:hub, DNS:hub.example, IP Address:10.0.0.1, IP Address:FD00:0:0:0:0:0:0:1", text);
        Assert.Contains("X509v3 Key Usage: critical\n                Digital Signature", text);
        Assert.Contains("CA:FALSE", text);
        Assert.Equal(OpenSsl("pkey", "-in", _folder["key"], "-pubout"), OpenSsl("x509", "-in", _folder["one"], "-noout", "-pubkey"));
        IssuedCertificate read = IssuedCertificate.Read(certificate)!;
        Assert.Equal(["hub", "hub.example", "10.0.0.1", "fd00::1"], read.Names);
        Assert.InRange(read.End, s_now.AddDays(729), s_now.AddDays(731));
        Assert.True(read.IsFor("HUB.example") && read.IsFor("fd00:0::1") && !read.IsFor("example"));
    }

    [Fact]
    public void Nothing_lasts_longer_than_the_authority()
    {
        DateTimeOffset late = s_now.AddYears(9).AddDays(300);
        IssuedCertificate last = IssuedCertificate.Read(_authority.Issue(["web"], CertificateAuthority.MakeKey(), isReceivers: false, late))!;

        Assert.Equal(_authority.End, last.End);
        Assert.Throws<AuditException>(() => _authority.Issue(["web"], CertificateAuthority.MakeKey(), isReceivers: false, s_now.AddYears(11)));
    }

    [Fact]
    public void What_is_revoked_is_believed_no_more_and_the_others_are()
    {
        string key = CertificateAuthority.MakeKey();
        string[] all = [.. Enumerable.Range(0, 3).Select(_ => _authority.Issue(["web"], key, isReceivers: false, s_now))];
        for (int index = 0; index < all.Length; index++)
            Write($"{index}", all[index]);
        using CertificateAuthority opened = CertificateAuthority.Open(_authority.Certificate, _authorityKey);
        string first = opened.Revoke(null, opened.FindOwn(all[0], out _), s_now);
        Write("list", opened.Revoke(first, opened.FindOwn(all[1], out _), s_now));

        Assert.Equal([false, false, true], all.Select((_, index) => IsVerified("-crl_check", "-CRLfile", _folder["list"], "-CAfile", _folder["ca.pem"], _folder[$"{index}"])));
        Assert.Contains("CRL Number: \n                2", OpenSsl("crl", "-in", _folder["list"], "-noout", "-text"));
    }

    [Fact]
    public void What_is_carried_to_a_machine_comes_apart_again()
    {
        string key = CertificateAuthority.MakeKey(), certificate = _authority.Issue(["web"], key, isReceivers: false, s_now);

        Assert.Null(CertificateAuthority.Split("# for web\n" + _authority.Certificate + key + certificate, out string foundCertificate, out string foundKey, out string foundAuthority));
        Assert.Equal((certificate, key, _authority.Certificate), (foundCertificate, foundKey, foundAuthority));
    }

    [Theory]
    [InlineData("certificate", "private key", "it has no certificate of an authority")]
    [InlineData("certificate", "authority", "it has no private key")]
    [InlineData("private key", "authority", "it has no certificate of a machine")]
    [InlineData("certificate", "another key", "authority", "don't belong together")]
    [InlineData("certificate", "private key", "another authority", "of another authority")]
    [InlineData("certificate", "private key", "namesake", "of another authority")]
    [InlineData("garbage", "private key", "authority", "don't belong together")]
    public void What_does_not_belong_together_is_refused(params string[] parts)
    {
        string key = CertificateAuthority.MakeKey();
        using CertificateAuthority other = CertificateAuthority.Make("other", CertificateAuthority.MakeKey(), s_now);
        using CertificateAuthority namesake = CertificateAuthority.Make("audit authority of hub", CertificateAuthority.MakeKey(), s_now);
        string text = string.Concat(parts[..^1].Select(part => part switch
        {
            "certificate" => _authority.Issue(["web"], key, isReceivers: false, s_now),
            "private key" => key,
            "another key" => CertificateAuthority.MakeKey(),
            "authority" => _authority.Certificate,
            "another authority" => other.Certificate,
            "namesake" => namesake.Certificate,
            _ => "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        }));

        Assert.Contains(parts[^1], CertificateAuthority.Split(text, out _, out _, out _));
    }

    [Fact]
    public void An_extension_that_cannot_be_read_is_no_fault_of_ours()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=web", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.19", [0x05, 0x00], critical: false));
        using X509Certificate2 odd = request.CreateSelfSigned(s_now, s_now.AddDays(1));
        string text = odd.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n" + _authority.Certificate;

        Assert.Contains("of another authority", CertificateAuthority.Split(text, out _, out _, out _));
        Assert.Empty(_authority.FindOwn(odd.ExportCertificatePem(), out IReadOnlyList<string> others));
        Assert.Single(others);
    }

    [Fact]
    public void Its_own_certificates_are_those_that_its_key_signed()
    {
        using CertificateAuthority namesake = CertificateAuthority.Make("audit authority of hub", CertificateAuthority.MakeKey(), s_now);
        string own = _authority.Issue(["web"], CertificateAuthority.MakeKey(), isReceivers: false, s_now);
        string others = namesake.Issue(["web"], CertificateAuthority.MakeKey(), isReceivers: false, s_now);
        Write("own", own);
        Write("others", others);

        byte[] serial = Assert.Single(_authority.FindOwn(others + own + _authority.Certificate, out IReadOnlyList<string> found));
        Assert.Equal($"serial={Convert.ToHexString(serial)}", SerialOf("own"));
        Assert.Equal([SerialOf("others"), SerialOf("ca.pem")], found.Select(number => $"serial={(number.StartsWith("00", StringComparison.Ordinal) ? number[2..] : number)}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("whole and -----BEGIN CERTIFICATE-----\nMII")]
    public void A_text_that_cannot_be_read_whole_has_none(string text)
    {
        string own = _authority.Issue(["web"], CertificateAuthority.MakeKey(), isReceivers: false, s_now);
        Assert.Throws<AuditException>(() => _authority.FindOwn(text.Replace("whole and ", own, StringComparison.Ordinal), out _));
        Assert.Single(_authority.FindOwn(own, out _));
    }

    [Fact]
    public void A_key_of_something_else_is_no_authoritys()
    {
        Assert.Throws<AuditException>(() => CertificateAuthority.Open(_authority.Certificate, CertificateAuthority.MakeKey()));
        Assert.Throws<AuditException>(() => CertificateAuthority.Open("no", "key"));
        Assert.Throws<AuditException>(() => CertificateAuthority.Make("x", "no key", s_now));
        Assert.Throws<AuditException>(() => _authority.Revoke("no list", [[1]], s_now));
    }

    void Write(string name, string text) => File.WriteAllText(_folder[name], text);

    string SerialOf(string name) => OpenSsl("x509", "-in", _folder[name], "-noout", "-serial").TrimEnd();

    static bool IsVerified(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/openssl", ["verify", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    static string OpenSsl(params string[] arguments) => ProgramOutput.Of("/usr/bin/openssl", arguments);
}
