namespace Akashi.Trail;

/// <summary>A place in a segment, and what stood before it: whether a later run reads on there can be checked.</summary>
/// <remarks>
/// The digest is FNV-1a, 64 bits, over up to 4096 bytes before the place. It finds a file that was truncated, written anew, or got the number of a
/// removed one; it doesn't stop whoever may write to the place's keeper on purpose.
/// </remarks>
/// <param name="Position">The place; a line begins there.</param>
/// <param name="Digest">Of what stands before it.</param>
public readonly record struct PositionMark(TrailPosition Position, ulong Digest)
{
    const int DigestBytes = 4096;
    const ulong FnvOffset = 0xCBF29CE484222325;
    const ulong FnvPrime = 0x100000001B3;

    /// <summary>Marks a place.</summary>
    /// <returns>False where the segment ends before it.</returns>
    /// <exception cref="Host.TrailException">The disk refused.</exception>
    public static bool TryMake(Segment segment, long offset, out PositionMark mark)
    {
        bool isWhole = TryDigest(segment, offset, out ulong digest);
        mark = new PositionMark(segment.At(offset), digest);
        return isWhole;
    }

    /// <summary>Whether a segment is the one, and has before the place what it had.</summary>
    /// <exception cref="Host.TrailException">The disk refused.</exception>
    public bool Holds(Segment segment) =>
        segment.At(Position.Offset) == Position && TryDigest(segment, Position.Offset, out ulong digest) && digest == Digest;

    static bool TryDigest(Segment segment, long offset, out ulong digest)
    {
        Span<byte> bytes = stackalloc byte[(int)Math.Min(offset, DigestBytes)];
        digest = FnvOffset;
        for (int length = 0; length < bytes.Length;)
        {
            int read = segment.Read(bytes[length..], offset - bytes.Length + length);
            if (read == 0)
                return false;
            length += read;
        }

        foreach (byte value in bytes)
            digest = (digest ^ value) * FnvPrime;
        return true;
    }
}
