using Akashi.Diagnostics;

namespace Akashi.Configuration;

/// <summary>Which values of auditd.conf don't fit together.</summary>
static class AuditdConfigurationRules
{
    const int QueueRecordsLow = 512;
    const int ReportSecondsHigh = 6 * 3600;

    /// <summary>Told of a fault: the keyword whose line is the place, a number, how bad, and the text.</summary>
    public delegate void Tell(string keyword, int number, Severity severity, string text);

    public static void Check(AuditdConfiguration all, Tell tell)
    {
        CheckWriting(all, tell);
        CheckSpace(all, tell);
        CheckNetwork(all, tell);
        if (all.QueueRecords < QueueRecordsLow)
            tell("q_depth", 20, Severity.Warning, $"q_depth is {all.QueueRecords}: below {QueueRecordsLow} a burst overflows it");
        if (all.ReportIntervalSeconds > ReportSecondsHigh)
            tell("report_interval", 21, Severity.Warning, "report_interval is longer than 6 hours");
    }

    static void CheckWriting(AuditdConfiguration all, Tell tell)
    {
        bool flushesByCount = all.Flush is FlushTechnique.Incremental or FlushTechnique.IncrementalAsync;
        if (flushesByCount && all.FlushFrequencyRecords == 0)
            tell("flush", 5, Severity.Error, "flush by increments needs freq above 0");
        if (all.Flush is FlushTechnique.Data or FlushTechnique.Sync && all.FlushFrequencyRecords > 0)
            tell("freq", 22, Severity.Warning, $"freq is of no use with flush = {all.Flush.ToString().ToLowerInvariant()}");
        if (all.NameFormat == NameFormat.User && all.Name.Length == 0)
            tell("name_format", 6, Severity.Error, "name_format = user needs a name");
        string directory = Path.GetDirectoryName(all.LogFile) ?? "/";
        if (all.LogGroup != "root" && directory == "/var/log")
            tell("log_file", 12, Severity.Error, "log_file is in /var/log itself, whose permissions can't be given to log_group: use a directory of its own");
        if (all.Rotation.RotatesBySize && all.SegmentsMax < 2 && all.SizeAction.Kind == LogActionKind.Rotate)
            tell("max_log_file_action", 23, Severity.Warning, "max_log_file_action = rotate needs num_logs of 2 or more: nothing rotates");
    }

    // Percentages are of a disk that is not known yet: they are compared among themselves alone.
    static void CheckSpace(AuditdConfiguration all, Tell tell)
    {
        SpaceLimit space = all.SpaceLeft, admin = all.AdminSpaceLeft;
        if (space.IsPercent != admin.IsPercent || (space.Value == 0 && admin.Value == 0) || space.Value > admin.Value)
            return;
        tell("admin_space_left", 13, Severity.Error, $"space_left ({space}) must be larger than admin_space_left ({admin})");
    }

    static void CheckNetwork(AuditdConfiguration all, Tell tell)
    {
        if (all.Tls.RequiresPqc && all.Tls.Profile != TlsProfile.Pqc)
            tell("tls_require_pqc", 14, Severity.Error, "tls_require_pqc needs tls_crypto_profile = pqc");
        if (!all.ListensForMachines)
            return;
        if (!all.ServesMachines)
            tell("transport", 15, Severity.Warning, $"remote not served yet over {all.Transport.ToString().ToLowerInvariant()}: records of other machines are not received");
        if (all.Transport == RemoteTransport.Tls && all.Tls.WhyIncomplete(receives: true) is { } missing)
            tell(missing.Keyword, 16, Severity.Error, missing.Text);
    }
}
