using Akashi.Host;

namespace Akashi.Control;

/// <summary>How a recording service is, as it tells it itself: the facts behind <c>akashi status</c>, metrics and findings.</summary>
/// <remarks>
/// A service is <c>auditd</c> or <c>akashi start</c>. Counts begin with the service; times are UTC, to the millisecond. Holding one proves that the
/// numbers are in range, not that the service still runs.
/// </remarks>
public sealed record ServiceStatus
{
    /// <summary>Of the silent hosts that are named.</summary>
    public const int SilentHostsMax = 50;

    /// <summary>What records: <c>auditd</c> or <c>akashi start</c>.</summary>
    public string Program { get; init; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The version of Akashi that runs; empty where an older one doesn't tell.</summary>
    public string Build { get; init; } = "";

    /// <summary>Its process.</summary>
    public int Pid { get; init; }

    /// <summary>When it began to record.</summary>
    public DateTimeOffset Since { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>When it told this.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Whether it reads the kernel (local_events).</summary>
    public bool ReadsKernel { get; init; }

    /// <summary>The newest segment; empty where it writes none.</summary>
    public string TrailPath { get; init; } = "";

    /// <summary>Whether writing waits for SIGUSR2 or the end of a program.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Whether the disk refuses, or did at the last rotation or flush.</summary>
    public bool HasDiskError { get; init; }

    /// <summary>Messages received from the kernel.</summary>
    public long ReceivedRecords { get; init; }

    /// <summary>Events begun: numbers of the kernel that were seen for the first time.</summary>
    public long Events { get; init; }

    /// <summary>Records in the trail.</summary>
    public long WrittenRecords { get; init; }

    /// <summary>Bytes in the trail.</summary>
    public long WrittenBytes { get; init; }

    /// <summary>When the last record was written; null for none yet.</summary>
    public DateTimeOffset? LastWritten { get; init; }

    /// <summary>Events and bytes by the second, minute, hour, day.</summary>
    public RecordingRates Rates { get; init; } = new();

    /// <summary>How often the receiving thread found its ring full and let the kernel wait.</summary>
    public long Stalls { get; init; }

    /// <summary>Datagrams that weren't the kernel's, or were truncated.</summary>
    public long Faults { get; init; }

    /// <summary>Names of users and groups that didn't come in time, so that records have <c>unknown(N)</c>.</summary>
    public long NamesLate { get; init; }

    /// <summary>Whether a name is waited for now: who gives names hangs.</summary>
    public bool NamesHang { get; init; }

    /// <summary>Planned restarts that failed, so that the same program goes on.</summary>
    public long RestartsRefused { get; init; }

    /// <summary>What is missing, by who lost it; the counts overlap and are never added up.</summary>
    public IReadOnlyList<LossCount> Losses { get; init; } = [];

    /// <summary>What the service before this one left unfinished; null where it ended in order, or there was none.</summary>
    public RecordingAbsence? Absence { get; init; }

    /// <summary>The room of the trail.</summary>
    public TrailRoom Room { get; init; } = new();

    /// <summary>The plugins.</summary>
    public IReadOnlyList<PluginStatus> Plugins { get; init; } = [];

    /// <summary>Keys of the configuration that are active and not served: those of remote logging.</summary>
    public IReadOnlyList<string> UnservedKeys { get; init; } = [];

    /// <summary>Hosts that have been silent for longer than node_silent_after; at most <see cref="SilentHostsMax"/> of them.</summary>
    public IReadOnlyList<string> SilentHosts { get; init; } = [];

    /// <summary>When the certificate that other machines are received with ends; null for none.</summary>
    public DateTimeOffset? CertificateEnd { get; init; }

    /// <summary>The kernel's own status when it was last asked; null where it didn't answer.</summary>
    public AuditStatus? Kernel { get; init; }
}
