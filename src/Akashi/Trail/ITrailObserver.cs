namespace Akashi.Trail;

/// <summary>Hears what a <see cref="TrailWriter"/> has written: an index, seals, the dispatcher.</summary>
/// <remarks>Called on the writer's thread; must not throw and must not wait.</remarks>
public interface ITrailObserver
{
    /// <summary>Whole lines have been handed to the file system.</summary>
    /// <param name="position">Where they begin.</param>
    /// <param name="bytes">The lines, each with its line feed; valid until the call returns.</param>
    void GroupWritten(TrailPosition position, ReadOnlySpan<byte> bytes);

    /// <summary>A segment has got its last line and its read-only permissions.</summary>
    /// <param name="end">Its end.</param>
    /// <param name="path">Its name from now on.</param>
    void SegmentClosed(TrailPosition end, string path);
}
