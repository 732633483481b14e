using System.Buffers.Text;
using System.Text;

namespace Akashi.Recordings;

/// <summary>What is to be said of a recording.</summary>
public enum RecordingVerdict
{
    /// <summary>Every check holds, and the end is there.</summary>
    Fine,

    /// <summary>Every check holds; the end isn't there: the recorder was killed, is still at work, or the file was cut.</summary>
    EndMissing,

    /// <summary>A check doesn't hold: what stands before it was altered.</summary>
    Altered,

    /// <summary>It has no checks: nothing can be said.</summary>
    Unchecked,
}

/// <summary>Compares a recording with its running hash.</summary>
/// <remarks>
/// It finds what was altered by somebody who didn't make the hashes anew. Against somebody who did, compare <see cref="LastHash"/> with one that was kept elsewhere.
/// </remarks>
public sealed class RecordingVerifier
{
    RecordingVerifier()
    {
    }

    /// <summary>What is to be said.</summary>
    public RecordingVerdict Verdict { get; private set; } = RecordingVerdict.Unchecked;

    /// <summary>Checks that hold.</summary>
    public long CheckCount { get; private set; }

    /// <summary>Bytes of the file that are proved.</summary>
    public long ProvedBytes { get; private set; }

    /// <summary>For <see cref="RecordingVerdict.Altered"/>: the line of the check that doesn't hold, from 1; what was altered stands in the lines since the one before it.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The line of the last check that holds; 0 for none.</summary>
    public long ProvedLineNumber { get; private set; }

    /// <summary>Bytes after the last check, which nothing proves.</summary>
    public long RestBytes { get; private set; }

    /// <summary>Sessions: one, and those that were added to the file.</summary>
    public int SessionCount { get; private set; } = 1;

    /// <summary>The first session that another follows without its end: its recorder was killed, or it was cut before; 0 for none.</summary>
    public int UnendedSession { get; private set; }

    /// <summary>Gaps up to the last check that holds: places where bytes weren't recorded.</summary>
    public long GapCount { get; private set; }

    /// <summary>Bytes of output and input that those gaps stand for.</summary>
    public long MissingBytes { get; private set; }

    /// <summary>Where the end is missing, and another process than its recorder ended the file: what it says, <c>UNIXSECONDS u=BYTES REASON</c>; null where none did, or somebody wrote on behind it.</summary>
    public string? Closed { get; private set; }

    /// <summary>The last hash that holds, in hex; empty for none.</summary>
    public string LastHash { get; private set; } = "";

    /// <summary>What it was converted from, as its header says; null where it was recorded. Its hashes prove only what happened since.</summary>
    public string? ConvertedFrom { get; private set; }

    /// <summary>Reads a recording to its end.</summary>
    /// <param name="stream">The recording.</param>
    /// <param name="blocks">See <see cref="Sha256.Blocks"/>.</param>
    public static RecordingVerifier Verify(Stream stream, ISha256Blocks? blocks = null)
    {
        var verifier = new RecordingVerifier();
        verifier.Read(new RecordingLines(stream), new RecordingChain { Blocks = blocks });
        return verifier;
    }

    void Read(RecordingLines lines, RecordingChain chain)
    {
        bool isEnded = false;
        bool endIsBefore = false;
        string? closed = null;
        long lineNumber = 0;
        (long Count, long Bytes) gaps = default;
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            lineNumber++;
            if (lines.LongLineCount > 0)
                break;
            if (lineNumber == 1 && !TakeHeader(line))
                return;
            bool wasEnded = isEnded;
            isEnded = false;
            Closed = null;
            if (!RecordingChain.TryParseCheck(line, out ReadOnlySpan<byte> hex))
            {
                if (IsSession(line))
                    TakeSession(lastIsEnd: wasEnded);
                else if (TryParseGap(line, out long byteCount))
                    gaps = (gaps.Count + 1, gaps.Bytes + byteCount);
                chain.Add(line);
                chain.Add("\n"u8);
                endIsBefore = IsEnd(line);
                closed = ClosedText(line);
                continue;
            }

            string hash = Encoding.ASCII.GetString(hex);
            if (Convert.ToHexStringLower(chain.Link()) != hash)
            {
                (Verdict, LineNumber) = (RecordingVerdict.Altered, lineNumber);
                return;
            }

            CheckCount++;
            (ProvedBytes, ProvedLineNumber, LastHash) = (lines.Offset, lineNumber, hash);
            (GapCount, MissingBytes) = gaps;
            (isEnded, Closed) = (endIsBefore, closed);
        }

        // No recorder writes one, and what is passed over is in no hash.
        if (lines.LongLineCount > 0)
        {
            (Verdict, LineNumber) = (RecordingVerdict.Altered, Math.Max(lineNumber, 1));
            return;
        }

        RestBytes = lines.Offset + lines.RestBytes - ProvedBytes;
        if (CheckCount > 0 || lineNumber > 0)
            Verdict = isEnded && RestBytes == 0 && UnendedSession == 0 ? RecordingVerdict.Fine : RecordingVerdict.EndMissing;
    }

    bool TakeHeader(ReadOnlySpan<byte> line)
    {
        if (!AsciicastHeader.TryParse(line, out RecordingHeader? header, out _))
            return false;
        ConvertedFrom = header!.ConvertedFrom;
        return header.IsChained;
    }

    // Recorders alone write lines of their own: what a terminal shows stands escaped within one.
    static bool IsSession(ReadOnlySpan<byte> line) => line.StartsWith("[0.000000, \"n\", \""u8);

    // By the event's kind: what a terminal showed may be a lone e.
    static bool IsEnd(ReadOnlySpan<byte> line)
    {
        int time = line.IndexOf(", \""u8);
        return time > 0 && line[time..].StartsWith(", \"e\", \"o="u8);
    }

    // [0.000000, "k", "TEXT"], whose text has nothing that is escaped; in quotes or with escapes it's none of ours.
    static string? ClosedText(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> begins = "[0.000000, \"k\", \""u8;
        return line.StartsWith(begins) && line.EndsWith("\"]"u8) && line.Length > begins.Length + 2 && line.IndexOf((byte)'\\') < 0
            ? Encoding.UTF8.GetString(line[begins.Length..^2])
            : null;
    }

    // [SECONDS, "g", "o COUNT"], or a cause behind the count, as our writer has it: the code follows the first comma.
    static bool TryParseGap(ReadOnlySpan<byte> line, out long byteCount)
    {
        ReadOnlySpan<byte> code = ", \"g\", \""u8;
        byteCount = 0;
        int comma = line.IndexOf((byte)',');
        if (comma < 0 || !line[comma..].StartsWith(code))
            return false;
        ReadOnlySpan<byte> data = line[(comma + code.Length)..];
        return data is [(byte)'o' or (byte)'i', (byte)' ', ..] && Utf8Parser.TryParse(data[2..], out byteCount, out int used) && byteCount > 0
            && (data[(2 + used)..].SequenceEqual("\"]"u8) || data[(2 + used)..].SequenceEqual(" rate\"]"u8) || data[(2 + used)..].SequenceEqual(" size\"]"u8));
    }

    void TakeSession(bool lastIsEnd)
    {
        if (!lastIsEnd && UnendedSession == 0)
            UnendedSession = SessionCount;
        SessionCount++;
    }
}
