namespace Akashi.Control;

/// <summary>The room of a trail: what it takes, what it may take, what its disk has.</summary>
public sealed record TrailRoom
{
    /// <summary>Bytes of all segments.</summary>
    public long TrailBytes { get; init; }

    /// <summary>Segments.</summary>
    public int Segments { get; init; }

    /// <summary>Bytes that rotation lets the trail grow to; 0 for no limit.</summary>
    public long TrailBytesMax { get; init; }

    /// <summary>Bytes of the file system.</summary>
    public long DiskBytes { get; init; }

    /// <summary>Bytes of it that are free.</summary>
    public long FreeBytes { get; init; }

    /// <summary>Fewer free bytes than this are answered by space_left_action.</summary>
    public long SpaceLeftBytes { get; init; }

    /// <summary>How many days the disk lasts until space_left.</summary>
    /// <param name="bytesDay">Bytes a day.</param>
    /// <returns>Null where it lasts for ever: rotation keeps the trail within the room there is, or nothing is written.</returns>
    public double? RunwayDays(double bytesDay)
    {
        long room = Math.Max(FreeBytes - SpaceLeftBytes, 0);
        bool isBounded = TrailBytesMax > 0 && TrailBytesMax - TrailBytes <= room;
        return bytesDay <= 0 || isBounded ? null : room / bytesDay;
    }

    /// <summary>How many days back the trail reaches before rotation removes its oldest segment.</summary>
    /// <returns>Null where rotation removes nothing, or nothing is written.</returns>
    public double? RetentionDays(double bytesDay) => bytesDay <= 0 || TrailBytesMax <= 0 ? null : TrailBytesMax / bytesDay;
}
