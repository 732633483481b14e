namespace Akashi.Configuration;

/// <summary>log_format of auditd.conf.</summary>
public enum LogFormat
{
    /// <summary>Records as the kernel sent them.</summary>
    Raw,

    /// <summary>With what the numbers meant when the record arrived.</summary>
    Enriched,
}
