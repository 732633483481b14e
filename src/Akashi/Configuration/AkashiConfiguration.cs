namespace Akashi.Configuration;

/// <summary>The keys of akashi.conf: what auditd.conf has no word for. The original daemon refuses unknown keywords, so they stand in a file of their own.</summary>
public sealed record AkashiConfiguration
{
    /// <summary>The file's name, beside auditd.conf.</summary>
    public const string FileName = "akashi.conf";

    /// <summary>control_group: whose members may ask at the control socket; empty for auditd.conf's log_group.</summary>
    public string ControlGroup { get; init; } = "";

    /// <summary>metrics_file: written in Prometheus' text format; empty for none.</summary>
    public string MetricsFile { get; init; } = "";

    /// <summary>metrics_interval: seconds between two writings.</summary>
    public int MetricsIntervalSeconds { get; init; } = 15;

    /// <summary>metrics_port: of 127.0.0.1, where metrics are served; 0 for none.</summary>
    public int MetricsPort { get; init; }

    /// <summary>rotate_every: hours after which a new segment begins, counted from local midnight; a divisor of 24, 0 for never.</summary>
    public int RotateEveryHours { get; init; }

    /// <summary>compress: whether closed segments are packed.</summary>
    public bool Compresses { get; init; }

    /// <summary>compress_level: 1 (quick) to 19 (small), as zstd counts.</summary>
    public int CompressLevel { get; init; } = 3;

    /// <summary>enrich_parent: whether enriched SYSCALL records tell the parent's command.</summary>
    public bool EnrichesParent { get; init; }

    /// <summary>enrich_unit: whether enriched SYSCALL records tell the unit and the container.</summary>
    public bool EnrichesUnit { get; init; }

    /// <summary>recordings_group: whose members may list, replay and watch recordings of the recorder; empty for root alone.</summary>
    public string RecordingsGroup { get; init; } = "";

    /// <summary>recordings_need_record: whether nobody may look at a recording where the audit record of it can't be written.</summary>
    public bool NeedsLookRecord { get; init; } = true;

    /// <summary>node_from: whose records are received; none for anybody's.</summary>
    public AddressRanges NodeAddresses { get; init; }

    /// <summary>node_log_dir: where each node's records have a log of their own; empty for one log of all.</summary>
    public string NodeLogDirectory { get; init; } = "";

    /// <summary>node_log_max: directories of nodes and senders.</summary>
    public int NodeLogsMax { get; init; } = 1000;

    /// <summary>node_names: whether a node's name belongs to the sender that used it first.</summary>
    public bool PinsNodeNames { get; init; } = true;

    /// <summary>node_rate: records a second that one sender may send; 0 for no limit.</summary>
    public int NodeRecordsPerSecondMax { get; init; }

    /// <summary>node_burst: records it may send at once after a quiet time; 0 for twice node_rate.</summary>
    public int NodeBurstRecords { get; init; }

    /// <summary>node_disk_max: what the logs of one directory may take; none for no limit.</summary>
    public SpaceLimit NodeDisk { get; init; }

    /// <summary>node_silent_after: seconds after which a host that says nothing is said to be silent; 0 for never.</summary>
    public int NodeSilentSeconds { get; init; }
}
