namespace Akashi.Daemon;

/// <summary>Where groups of records go: a trail, a stream, nowhere.</summary>
/// <remarks>Used by the write stage's thread alone.</remarks>
public interface IGroupSink : IDisposable
{
    /// <summary>Whether records must wait for a moment: the write stage takes none out of the ring as long as this holds.</summary>
    bool IsHeld { get; }

    /// <summary>Takes a group. What it can't take it counts; it doesn't throw.</summary>
    /// <param name="lines">Whole lines, each with its line feed.</param>
    /// <param name="records">How many.</param>
    void Write(ReadOnlySpan<byte> lines, int records);

    /// <summary>Takes a group, or leaves it whole to who gives it, who has it still: nothing is counted as missing.</summary>
    /// <param name="lines">Whole lines, each with its line feed.</param>
    /// <param name="records">How many.</param>
    /// <returns>Whether it was taken.</returns>
    bool TryWrite(ReadOnlySpan<byte> lines, int records);

    /// <summary>Called about every second without a group: for what must be looked at though nothing happens.</summary>
    void Idle();
}
