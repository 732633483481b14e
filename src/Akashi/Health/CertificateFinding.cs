using System.Globalization;
using Akashi.Setup;

namespace Akashi.Health;

/// <summary>Certificates of transport = tls, and lists of revoked ones, that end soon, have ended, or can't be read: records stop on that day.</summary>
public static class CertificateFinding
{
    const string Name = "certificate";

    /// <summary>How long before its end the certificate of an end is spoken of.</summary>
    public static TimeSpan News { get; } = RemoteKeyFiles.News("");

    /// <summary>What there is to say of them.</summary>
    public static Finding? Of(HealthFacts facts)
    {
        if (facts.CertificateRefusals is [var refusal, ..])
            return Finding.Problem(Name, refusal, "records don't go between this machine and others", "see docs/remote.md for what the file has to hold");
        if (facts.Certificates.Count == 0)
            return null;

        // The most urgent; of those that end with their authority the authority, which is the first: another certificate of it would end then too.
        (string path, DateTimeOffset end) = facts.Certificates.MinBy(certificate => certificate.End - RemoteKeyFiles.News(certificate.Path));
        string what = $"{path} {Describe(end, facts.Now)}";
        return end <= facts.Now ? Finding.Problem(Name, what, "records don't go between this machine and others", Mend(path))
            : end - facts.Now < RemoteKeyFiles.News(path) ? Finding.Warning(Name, what, "records don't go between this machine and others from then on", Mend(path))
            : Finding.Fine(Name, what);
    }

    /// <summary>When it ends, to be read behind the certificate.</summary>
    public static string Describe(DateTimeOffset end, DateTimeOffset now)
    {
        string date = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        int days = (int)(end - now).TotalDays;
        return end <= now ? $"has ended on {date}" : days < 1 ? $"ends today, {date}" : $"ends in {days} day{(days == 1 ? "" : "s")}, on {date}";
    }

    static string Mend(string path) => RemoteKeyFiles.Renewal(path) ?? $"renew {path}, then systemctl reload auditd";
}
