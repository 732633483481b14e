namespace Akashi.Configuration;

/// <summary>All keywords of akashi.conf: one row each.</summary>
public static class AkashiKeywords
{
    /// <summary>The keywords.</summary>
    public static IReadOnlyList<Keyword<AkashiConfiguration>> All { get; } =
    [
        new Keyword<AkashiConfiguration, string>("control_group", KeywordGrammars.Text, "the log_group of auditd.conf", "whose members may ask for status and rules",
            (configuration, value) => configuration with { ControlGroup = value }),
        new Keyword<AkashiConfiguration, string>("metrics_file", KeywordGrammars.AbsolutePath, "none", "where metrics are written, for a collector of text files",
            (configuration, value) => configuration with { MetricsFile = value }),
        new Keyword<AkashiConfiguration, int>("metrics_interval", KeywordGrammars.Number(1, 3600), "15", "seconds between two writings",
            (configuration, value) => configuration with { MetricsIntervalSeconds = value }),
        new Keyword<AkashiConfiguration, int>("metrics_port", KeywordGrammars.Number(0, 65535), "0", "the port of 127.0.0.1 where metrics are served; 0 for none",
            (configuration, value) => configuration with { MetricsPort = value }),
        new Keyword<AkashiConfiguration, bool>("compress", KeywordGrammars.Words(("off", false), ("zstd", true)), "off", "whether closed logs are packed; the classic tools of other makers don't read these",
            (configuration, value) => configuration with { Compresses = value }),
        new Keyword<AkashiConfiguration, int>("compress_level", KeywordGrammars.Number(1, 19), "3", "1 is quick, 19 small",
            (configuration, value) => configuration with { CompressLevel = value }),
        new Keyword<AkashiConfiguration, int>("rotate_every", KeywordGrammars.Words(("off", 0), ("1h", 1), ("2h", 2), ("3h", 3), ("4h", 4), ("6h", 6), ("8h", 8), ("12h", 12), ("1d", 24)), "off",
            "a new log at local midnight (1d), or every so many hours from it, beside what max_log_file asks for", (configuration, value) => configuration with { RotateEveryHours = value }),
        new Keyword<AkashiConfiguration, bool>("enrich_parent", KeywordGrammars.YesNo, "no", "whether enriched records of system calls tell the name of the parent's command, PARENT_COMM",
            (configuration, value) => configuration with { EnrichesParent = value }),
        new Keyword<AkashiConfiguration, bool>("enrich_unit", KeywordGrammars.YesNo, "no", "whether they tell the process's unit and container, UNIT and CONTAINER",
            (configuration, value) => configuration with { EnrichesUnit = value }),
        new Keyword<AkashiConfiguration, string>("recordings_group", KeywordGrammars.Text, "none: root alone", "whose members may list, replay and watch the recorder's recordings at the control socket, which then lets everybody connect",
            (configuration, value) => configuration with { RecordingsGroup = value }),
        new Keyword<AkashiConfiguration, bool>("recordings_need_record", KeywordGrammars.YesNo, "yes", "whether nobody sees a recording there where the audit record of the look can't be written",
            (configuration, value) => configuration with { NeedsLookRecord = value }),
        new Keyword<AkashiConfiguration, AddressRanges>("node_from", AddressRanges.Grammar, "any", "whose records are received: addresses and networks with commas between (10.0.0.0/8,fd00::/8,192.168.1.7)",
            (configuration, value) => configuration with { NodeAddresses = value }),
        new Keyword<AkashiConfiguration, string>("node_log_dir", KeywordGrammars.AbsolutePath, "none", "below it the records of other machines have a directory for each node, NODE/audit.log; none: they stand in log_file",
            (configuration, value) => configuration with { NodeLogDirectory = value }),
        new Keyword<AkashiConfiguration, int>("node_log_max", KeywordGrammars.Number(1, 4096), "1000", "how many such directories there may be; what is beyond goes to @@others",
            (configuration, value) => configuration with { NodeLogsMax = value }),
        new Keyword<AkashiConfiguration, bool>("node_names", KeywordGrammars.Words(("first", true), ("any", false)), "first", "with node_log_dir, whose a node's name is: the sender's that used it first (others' records go to @ADDRESS), or anybody's",
            (configuration, value) => configuration with { PinsNodeNames = value }),
        new Keyword<AkashiConfiguration, int>("node_rate", KeywordGrammars.Number(0, 10_000_000), "0", "records a second that one sender may send; a faster one is made to wait; 0 for no limit",
            (configuration, value) => configuration with { NodeRecordsPerSecondMax = value }),
        new Keyword<AkashiConfiguration, int>("node_burst", KeywordGrammars.Number(0, 100_000_000), "0", "records that it may send at once after a quiet time; 0 for twice node_rate",
            (configuration, value) => configuration with { NodeBurstRecords = value }),
        new Keyword<AkashiConfiguration, SpaceLimit>("node_disk_max", KeywordGrammars.Space, "0", "what the logs of one node's directory may take, in MiB or % of the disk; beyond it that node is told that the disk is full; 0 for no limit",
            (configuration, value) => configuration with { NodeDisk = value }),
        new Keyword<AkashiConfiguration, int>("node_silent_after", KeywordGrammars.Interval, "0", "seconds, or a number with s, m, h or d, after which a host that sends nothing, heartbeats neither, is said to be silent; 0 for never",
            (configuration, value) => configuration with { NodeSilentSeconds = value }),
    ];

    /// <summary>The keyword of a name, in any case; null where there is none.</summary>
    public static Keyword<AkashiConfiguration>? Find(string name) => KeywordTable.Find(All, name);
}
