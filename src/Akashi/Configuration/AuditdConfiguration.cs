namespace Akashi.Configuration;

/// <summary>What auditd.conf says, as far as the daemon serves it; the defaults are those of a missing file.</summary>
/// <remarks>Having one proves that every value is within its range and that they fit together.</remarks>
public sealed record AuditdConfiguration
{
    /// <summary>Where the file is looked for.</summary>
    public const string DefaultDirectory = "/etc/audit";

    /// <summary>log_file: an absolute path.</summary>
    public string LogFile { get; init; } = "/var/log/audit/audit.log";

    /// <summary>log_format.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Enriched;

    /// <summary>flush.</summary>
    public FlushTechnique Flush { get; init; } = FlushTechnique.None;

    /// <summary>freq: records between flushes, 0 or more.</summary>
    public int FlushFrequencyRecords { get; init; }

    /// <summary>num_logs: 0 to 999.</summary>
    public int SegmentsMax { get; init; }

    /// <summary>max_log_file: MiB, 0 for no limit.</summary>
    public int SegmentMegabytesMax { get; init; }

    /// <summary>max_log_file_action.</summary>
    public SizeAction SizeAction { get; init; } = SizeAction.Ignore;

    /// <summary>name_format.</summary>
    public NameFormat NameFormat { get; init; } = NameFormat.None;

    /// <summary>name: the node's name where name_format is user.</summary>
    public string Name { get; init; } = "";

    /// <summary>end_of_event_timeout: seconds.</summary>
    public int EndOfEventTimeoutSeconds { get; init; } = 2;

    /// <summary>When segments rotate.</summary>
    public RotationSettings Rotation => new(
        SegmentsMax, SegmentMegabytesMax * 1024L * 1024L,
        SizeAction is SizeAction.Rotate or SizeAction.KeepLogs, SizeAction == SizeAction.KeepLogs);
}

/// <summary>max_log_file_action of auditd.conf, as far as it is served.</summary>
public enum SizeAction
{
    /// <summary>The log grows on.</summary>
    Ignore,

    /// <summary>It rotates; the oldest beyond num_logs goes.</summary>
    Rotate,

    /// <summary>It rotates; nothing goes.</summary>
    KeepLogs,
}

/// <summary>name_format of auditd.conf, as far as it is served.</summary>
public enum NameFormat
{
    /// <summary>No <c>node=</c>.</summary>
    None,

    /// <summary>The host's name.</summary>
    HostName,

    /// <summary>What <c>name</c> says.</summary>
    User,
}
