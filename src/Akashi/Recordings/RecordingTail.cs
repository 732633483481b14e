using System.Buffers.Text;

namespace Akashi.Recordings;

/// <summary>The end of a recording that is to be continued: how its running hash goes on.</summary>
/// <remarks>
/// Nothing before the last check is read: where somebody altered that, or made up the check, verifying the continued file finds it at the same line as before.
/// What stands behind the last check becomes part of what the next one proves, and the new session says how much that is.
/// </remarks>
public sealed class RecordingTail
{
    const int WindowBytes = 256 * 1024;

    RecordingTail(RecordingChain? chain, long unprovedBytes, bool endsInLineFeed) =>
        (Chain, UnprovedBytes, EndsInLineFeed) = (chain, unprovedBytes, endsInLineFeed);

    /// <summary>The running hash up to the end; null where the file has none.</summary>
    public RecordingChain? Chain { get; }

    /// <summary>Bytes behind the last check; 0 for a file without a running hash.</summary>
    public long UnprovedBytes { get; }

    /// <summary>Whether its last line is whole.</summary>
    public bool EndsInLineFeed { get; }

    /// <summary>Reads it.</summary>
    /// <param name="stream">The file; can be sought.</param>
    /// <param name="tail">Null where false is returned.</param>
    /// <returns>False where the file doesn't begin with the header of an asciicast version 3.</returns>
    public static bool TryRead(Stream stream, out RecordingTail? tail)
    {
        tail = null;
        stream.Position = 0;
        if (!new RecordingLines(stream).TryRead(out ReadOnlySpan<byte> first)
            || !AsciicastHeader.TryParse(first, out RecordingHeader? header, out int version) || version != 3)
            return false;
        Span<byte> last = stackalloc byte[1];
        stream.Position = stream.Length - 1;
        bool endsInLineFeed = stream.Read(last) == 1 && last[0] == (byte)'\n';
        if (!header!.IsChained)
        {
            tail = new RecordingTail(null, 0, endsInLineFeed);
            return true;
        }

        byte[] hash = new byte[Sha256.HashBytes];
        long proved = FindLastCheck(stream, hash);
        var chain = new RecordingChain(hash);
        long unproved = AddRest(stream, proved, chain);

        // The line feed that is missing ends a torn line, which the next check proves, or a whole check, which is no part of what is hashed.
        if (!endsInLineFeed && unproved > 0)
            chain.Add("\n"u8);
        tail = new RecordingTail(chain, unproved, endsInLineFeed);
        return true;
    }

    // Backwards by windows that overlap by a line of a check; 0 and a hash of zeros where there is none.
    static long FindLastCheck(Stream stream, byte[] hash)
    {
        int lineBytes = RecordingChain.CheckBytes + 2;
        byte[] window = new byte[WindowBytes + lineBytes];
        for (long end = stream.Length; end > 0;)
        {
            long start = Math.Max(0, end - WindowBytes);
            stream.Position = start;
            int length = stream.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
            for (int index = Math.Min(length, WindowBytes); (index = window.AsSpan(0, index).LastIndexOf((byte)'\n')) >= 0;)
            {
                if (TryTake(window.AsSpan(index + 1, length - index - 1), hash))
                    return start + index + 1 + RecordingChain.CheckBytes + 1;
            }

            end = start;
        }

        return 0;
    }

    // With its line feed, or at the very end without.
    static bool TryTake(ReadOnlySpan<byte> bytes, byte[] hash)
    {
        int lineBytes = RecordingChain.CheckBytes;
        if (bytes.Length < lineBytes || (bytes.Length > lineBytes && bytes[lineBytes] != (byte)'\n')
            || !RecordingChain.TryParseCheck(bytes[..lineBytes], out ReadOnlySpan<byte> hex))
            return false;
        for (int index = 0; index < hash.Length; index++)
        {
            if (!Utf8Parser.TryParse(hex.Slice(index * 2, 2), out hash[index], out int used, 'x') || used != 2)
            {
                hash.AsSpan().Clear();
                return false;
            }
        }

        return true;
    }

    static long AddRest(Stream stream, long start, RecordingChain chain)
    {
        if (start >= stream.Length)
            return 0;
        stream.Position = start;
        byte[] buffer = new byte[WindowBytes];
        long length = 0;
        for (int count; (count = stream.Read(buffer)) > 0; length += count)
            chain.Add(buffer.AsSpan(0, count));
        return length;
    }
}
