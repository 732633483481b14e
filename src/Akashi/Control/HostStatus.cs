namespace Akashi.Control;

/// <summary>What a receiver knows of a host whose records it takes. Only what is known: a gap in the numbers of a host's events is no loss by itself, since rules and plugins leave some out.</summary>
public sealed record HostStatus
{
    /// <summary>The node's name; <c>@ADDRESS</c> for what a sender sent under names that aren't its own, <c>@@others</c> for what is beyond a limit.</summary>
    public string Node { get; init; } = "";

    /// <summary>Whose name it is, an address; empty for nobody's yet.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Where its last record came from.</summary>
    public string Address { get; init; } = "";

    /// <summary>How: <c>tcp</c>, or <c>ascii</c> for lines over it.</summary>
    public string Transport { get; init; } = "";

    /// <summary>What sends: <c>akashi</c> and its version where it told, else <c>original</c>, which may be any program that speaks its protocol.</summary>
    public string Program { get; init; } = "";

    /// <summary>When its first record came.</summary>
    public DateTimeOffset First { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>When it was last heard, by a record or a heartbeat.</summary>
    public DateTimeOffset Heard { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Its records since <see cref="First"/>.</summary>
    public long Records { get; init; }

    /// <summary>Records a second, about the last ten.</summary>
    public double Rate { get; init; }

    /// <summary>Of its last record, milliseconds from the event's stamp to its arrival; both clocks' difference is in it. Null for none since the service began.</summary>
    public long? LagMilliseconds { get; init; }

    /// <summary>By how many milliseconds its clock is behind this machine's (negative: ahead), as its last heartbeat told; the way here is in it. Null where nobody told.</summary>
    public long? BehindMilliseconds { get; init; }

    /// <summary>Messages that are no records, or have a name that isn't allowed.</summary>
    public long Refused { get; init; }

    /// <summary>What the host itself said that it lost, by who lost it: its DAEMON_ERR records, and its sender's count. The counts overlap and are never added up.</summary>
    public IReadOnlyList<(string Source, long Count)> Losses { get; init; } = [];

    /// <summary>Whether a connection of it is open.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Whether it has been silent for longer than node_silent_after.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Whether its directory has taken its share of the disk.</summary>
    public bool IsFull { get; init; }

    /// <summary>Whether it sends faster than node_rate, and waits.</summary>
    public bool IsSlowed { get; init; }

    /// <summary>Its directory below node_log_dir; empty where it has none.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Bytes of its logs there, as far as this service looked.</summary>
    public long DirectoryBytes { get; init; }
}
