namespace Akashi.Reports.Guests;

/// <summary>What happened to a guest.</summary>
public enum GuestEventKind
{
    /// <summary>It was started.</summary>
    Start,

    /// <summary>It was stopped.</summary>
    Stop,

    /// <summary>It was given a resource.</summary>
    Resource,

    /// <summary>It was denied access.</summary>
    Avc,

    /// <summary>Its process did something strange.</summary>
    Anomaly,
}

/// <summary>Something that happened to a guest of a virtual machine manager, and until when it held.</summary>
public sealed class GuestEvent
{
    /// <summary>What.</summary>
    public required GuestEventKind Kind { get; init; }

    /// <summary>The guest's name.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The guest's uuid.</summary>
    public required byte[] Uuid { get; init; }

    /// <summary>The user's name.</summary>
    public required byte[] User { get; init; }

    /// <summary>Seconds since the epoch.</summary>
    public required long Start { get; init; }

    /// <summary>Seconds since the epoch; 0 where it holds, or never held.</summary>
    public long End { get; internal set; }

    /// <summary>Whether it could not be done.</summary>
    public bool IsFailure { get; init; }

    /// <summary>The guest's process; 0 where the records don't say.</summary>
    public uint Pid { get; init; }

    /// <summary>Of a resource: <c>disk</c>, <c>net</c>, <c>mem</c>, <c>vcpu</c>, <c>cgroup</c>; else empty.</summary>
    public byte[] Resource { get; init; } = [];

    /// <summary>Of a resource the reason, of an AVC the permissions and the result; else empty.</summary>
    public IReadOnlyList<byte[]> Details { get; init; } = [];

    /// <summary>The resource's value, by which what ends it finds it.</summary>
    public byte[] Value { get; init; } = [];

    /// <summary>The serials of the events that say so.</summary>
    public List<ulong> Serials { get; } = [];

    internal bool IsOpen => End == 0 && !IsFailure;
}
