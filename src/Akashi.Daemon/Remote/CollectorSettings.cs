using Akashi.Configuration;

namespace Akashi.Daemon.Remote;

/// <summary>What of akashi.conf a receiver goes by that keeps hosts apart.</summary>
public sealed record CollectorSettings
{
    /// <summary>Of the hosts known at once; those beyond are counted together.</summary>
    public const int HostsMax = 4096;

    /// <summary>Names that one sender may use, where it has no certificate that says otherwise: one that invents names mustn't use up everybody's.</summary>
    public const int NamesPerSenderMax = 64;

    /// <summary>node_from; this machine itself may always.</summary>
    public AddressRanges Addresses { get; init; }

    /// <summary>node_log_dir; empty for none.</summary>
    public string Directory { get; init; } = "";

    /// <summary>node_log_max.</summary>
    public int DirectoriesMax { get; init; } = 1000;

    /// <summary>node_names, where there are directories.</summary>
    public bool PinsNames { get; init; }

    /// <summary>node_rate; 0 for no limit.</summary>
    public int RecordsPerSecondMax { get; init; }

    /// <summary>node_burst, at least one second's records.</summary>
    public int BurstRecords { get; init; }

    /// <summary>node_disk_max.</summary>
    public SpaceLimit Disk { get; init; }

    /// <summary>node_silent_after; zero for never.</summary>
    public TimeSpan SilentAfter { get; init; }

    /// <summary>The keys of akashi.conf.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="hasLogs">Whether logs are written at all.</param>
    public static CollectorSettings Of(AkashiConfiguration keys, bool hasLogs) => new()
    {
        Addresses = keys.NodeAddresses,
        Directory = hasLogs ? keys.NodeLogDirectory : "",
        DirectoriesMax = keys.NodeLogsMax,
        PinsNames = hasLogs && keys.NodeLogDirectory.Length > 0 && keys.PinsNodeNames,
        RecordsPerSecondMax = keys.NodeRecordsPerSecondMax,
        BurstRecords = keys.NodeBurstRecords > 0 ? keys.NodeBurstRecords : (int)Math.Min(int.MaxValue, 2L * keys.NodeRecordsPerSecondMax),
        Disk = keys.NodeDisk,
        SilentAfter = TimeSpan.FromSeconds(keys.NodeSilentSeconds),
    };
}
