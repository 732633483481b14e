namespace Akashi.Remote;

/// <summary>Why what another machine sent is refused.</summary>
public enum RemoteFault
{
    /// <summary>It isn't.</summary>
    None,

    /// <summary>A message begins like a header and has another magic number.</summary>
    Magic,

    /// <summary>A version that is not known.</summary>
    Version,

    /// <summary>A message or a line longer than a record can be.</summary>
    TooLong,

    /// <summary>A type that only a receiver sends, or an unknown one.</summary>
    Type,

    /// <summary>The text is no record.</summary>
    NoRecord,

    /// <summary>The name of the node is none, or has bytes that no name has.</summary>
    NodeName,

    /// <summary>The record says that it is of the receiving machine.</summary>
    OwnNode,

    /// <summary>The connection ended within a message or a line.</summary>
    Cut,
}

/// <summary>The word of a fault, as the trail has it behind <c>reason=</c>.</summary>
public static class RemoteFaultWords
{
    /// <summary>The word.</summary>
    public static string Of(RemoteFault fault) => fault switch
    {
        RemoteFault.None => "none",
        RemoteFault.Magic => "magic",
        RemoteFault.Version => "version",
        RemoteFault.TooLong => "too-long",
        RemoteFault.Type => "type",
        RemoteFault.NoRecord => "no-record",
        RemoteFault.NodeName => "node-name",
        RemoteFault.OwnNode => "own-node",
        RemoteFault.Cut => "cut",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not a fault"),
    };
}
