namespace Akashi.Configuration;

/// <summary>What auditd.conf says; the defaults are those of a missing line.</summary>
/// <remarks>
/// One that was parsed without errors proves that every value is within its range and that they fit together; not that a group, a program or a
/// directory that it names is there.
/// </remarks>
public sealed partial record AuditdConfiguration
{
    /// <summary>Where the file is looked for.</summary>
    public const string DefaultDirectory = "/etc/audit";

    /// <summary>The file's name in its directory.</summary>
    public const string FileName = "auditd.conf";

    /// <summary>local_events: whether this machine's kernel is read.</summary>
    public bool HasLocalEvents { get; init; } = true;

    /// <summary>write_logs: whether records are written to disk.</summary>
    public bool WritesLogs { get; init; } = true;

    /// <summary>log_file: an absolute path.</summary>
    public string LogFile { get; init; } = "/var/log/audit/audit.log";

    /// <summary>log_format.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Enriched;

    /// <summary>log_group: who may read the log beside root.</summary>
    public string LogGroup { get; init; } = "root";

    /// <summary>priority_boost: by how much the daemon goes before others, nice(2); 0 or more.</summary>
    public int PriorityBoost { get; init; } = 4;

    /// <summary>flush.</summary>
    public FlushTechnique Flush { get; init; } = FlushTechnique.None;

    /// <summary>freq: records between flushes, 0 or more.</summary>
    public int FlushFrequencyRecords { get; init; }

    /// <summary>num_logs: 0 to 999.</summary>
    public int SegmentsMax { get; init; }

    /// <summary>max_log_file: MiB, 0 for no limit.</summary>
    public int SegmentMegabytesMax { get; init; }

    /// <summary>max_log_file_action.</summary>
    public LogAction SizeAction { get; init; }

    /// <summary>name_format.</summary>
    public NameFormat NameFormat { get; init; } = NameFormat.None;

    /// <summary>name: the node's name where name_format is user.</summary>
    public string Name { get; init; } = "";

    /// <summary>end_of_event_timeout: seconds.</summary>
    public int EndOfEventTimeoutSeconds { get; init; } = 2;

    /// <summary>report_interval: seconds between state reports; 0 for none.</summary>
    public int ReportIntervalSeconds { get; init; }

    /// <summary>When segments rotate.</summary>
    public RotationSettings Rotation => new(
        SegmentsMax, SegmentMegabytesMax * 1024L * 1024L,
        SizeAction.Kind is LogActionKind.Rotate or LogActionKind.KeepLogs, SizeAction.Kind == LogActionKind.KeepLogs);
}
