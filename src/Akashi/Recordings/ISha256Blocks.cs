namespace Akashi.Recordings;

/// <summary>The machine's own way to take blocks into a <see cref="Sha256"/>, where it has one.</summary>
public interface ISha256Blocks
{
    /// <summary>Takes blocks in: section 6.2.2 of FIPS 180-4.</summary>
    /// <param name="state">The eight words of the hash so far.</param>
    /// <param name="blocks">One or more blocks of 64 bytes.</param>
    /// <returns>False where it doesn't, and nothing has changed.</returns>
    bool TryMix(Span<uint> state, ReadOnlySpan<byte> blocks);
}
