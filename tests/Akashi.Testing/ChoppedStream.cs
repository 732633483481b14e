namespace Akashi.Testing;

/// <summary>A stream that hands out its bytes in pieces of random length, as a pipe may.</summary>
public sealed class ChoppedStream(byte[] bytes, Random random, int pieceMax) : MemoryStream(bytes)
{
    /// <inheritdoc/>
    public override int Read(Span<byte> destination) => base.Read(destination[..Math.Min(destination.Length, random.Next(1, pieceMax + 1))]);
}
