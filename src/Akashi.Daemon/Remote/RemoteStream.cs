using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>What the receiver knows of one sender's queue: the position of the record that it wants next.</summary>
sealed class RemoteStream
{
    /// <summary>The position behind the last record in the trail.</summary>
    public long Next { get; set; }

    /// <summary>How many records its sender may have under way, or may have had over its last connection; the most where that isn't known.</summary>
    public int Window { get; set; } = RemotePacking.WindowMax;

    /// <summary>Records on their way to the trail.</summary>
    public int Owed { get; set; }

    /// <summary>The connection that sends it; null for none yet.</summary>
    public RemoteClient? Owner { get; set; }

    /// <summary>Its place in the journal; -1 for none.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>When its sender was last there, seconds since the epoch.</summary>
    public long Used { get; set; }
}
