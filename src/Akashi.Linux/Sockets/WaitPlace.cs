namespace Akashi.Linux.Sockets;

/// <summary>Where a <see cref="ConnectionWait"/> has something that it watches.</summary>
sealed class WaitPlace
{
    /// <summary>Its slot; -1 for none.</summary>
    internal int Slot { get; set; } = -1;

    /// <summary>Whether its descriptor is closed.</summary>
    internal bool IsClosed { get; set; }
}
