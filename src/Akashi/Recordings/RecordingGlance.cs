using System.Buffers.Text;
using System.Globalization;

namespace Akashi.Recordings;

/// <summary>Sums a recorder's recording up from its first line and its last ones: any bytes.</summary>
/// <remarks>
/// It finds what is plainly not as a recorder makes it. Whoever alters a file in its middle leaves nothing to be seen here: <see cref="RecordingVerifier"/> finds that.
/// Of a packed file the end is looked at where the recorder packed it: the last bytes are a frame of their own there.
/// </remarks>
public static class RecordingGlance
{
    /// <summary>Bytes of the beginning that hold any header of a recorder.</summary>
    public const int HeadBytes = 64 * 1024;

    /// <summary>Bytes of the beginning that hold nearly every header.</summary>
    public const int HeadBytesUsual = 4 * 1024;

    /// <summary>Bytes of the end that hold exit status, end and check.</summary>
    public const int TailBytes = 1024;

    /// <summary>The doubt about a recording that was append-only.</summary>
    public const string FlagGone = "its append-only flag is gone";

    // The name is made a moment before the header.
    const int StampSlackSeconds = 5;

    const UnixFileMode OthersAccess = (UnixFileMode)0x3F /* group and others: rwx */;

    static ReadOnlySpan<byte> ExitCode => ", \"x\", \""u8;

    static ReadOnlySpan<byte> EndCode => ", \"e\", \"o="u8;

    /// <summary>Sums it up.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="facts">What the file system says.</param>
    /// <param name="owner">Whose it is to be: the directory's owner.</param>
    /// <param name="head">Its beginning, unpacked: with the whole first line, or as much as there is.</param>
    /// <param name="tail">Its end, unpacked; empty where it isn't known, of a packed one.</param>
    /// <param name="nowUnixSeconds">Now.</param>
    public static RecordingSummary Take(
        string name, in RecordingFacts facts, uint owner, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long nowUnixSeconds)
    {
        int end = head.IndexOf((byte)'\n');
        RecordingHeader? header = end >= 0 && AsciicastHeader.TryParse(head[..end], out RecordingHeader? found, out int version) && version == 3 ? found : null;
        bool isEnded = HasEnd(tail, out int? exitCode) || facts.IsPacked;

        // A recorder holds a new file before it writes the first line.
        bool isNew = facts.SizeBytes == 0 && nowUnixSeconds - facts.ModifiedUnixSeconds is >= 0 and <= StampSlackSeconds;
        string doubt = isNew ? "" : FindDoubt(name, facts, owner, header);
        return new RecordingSummary
        {
            Name = name,
            State = doubt.Length > 0 ? RecordingState.Suspect : facts.IsHeld || isNew ? RecordingState.Live : isEnded ? RecordingState.Finished : RecordingState.Cut,
            Doubt = doubt,
            Session = header?.Session ?? [],
            Command = header?.Command,
            UnixSeconds = header?.UnixSeconds,
            LengthSeconds = header?.UnixSeconds is { } start && (facts.IsHeld ? nowUnixSeconds : facts.ModifiedUnixSeconds) is { } last ? Math.Max(0, last - start) : null,
            SizeBytes = facts.SizeBytes,
            ExitCode = exitCode,
        };
    }

    /// <summary>One that the disk doesn't give.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="facts">What the file system says.</param>
    /// <param name="reason">Why, as strerror(3) has it.</param>
    public static RecordingSummary Unreadable(string name, in RecordingFacts facts, string reason) =>
        new() { Name = name, State = RecordingState.Suspect, Doubt = "it cannot be read: " + reason, SizeBytes = facts.SizeBytes };

    // The last line is a check, the one before it the end; the exit status may stand before both.
    static bool HasEnd(ReadOnlySpan<byte> tail, out int? exitCode)
    {
        exitCode = null;
        if (tail.IsEmpty || tail[^1] != '\n' || !TryTakeLine(ref tail, out ReadOnlySpan<byte> line) || !RecordingChain.TryParseCheck(line, out _)
            || !TryTakeLine(ref tail, out line) || line.IndexOf(EndCode) is not (> 0 and < 24))
            return false;
        while (TryTakeLine(ref tail, out line))
        {
            int code = line.IndexOf(ExitCode);
            if (code is > 0 and < 24 && Utf8Parser.TryParse(line[(code + ExitCode.Length)..], out int status, out _))
            {
                exitCode = status;
                break;
            }
        }

        return true;
    }

    static bool TryTakeLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (rest.IsEmpty)
            return false;
        rest = rest[..^1];
        int start = rest.LastIndexOf((byte)'\n') + 1;
        line = rest[start..];
        rest = rest[..start];
        return true;
    }

    static string FindDoubt(string name, in RecordingFacts facts, uint owner, RecordingHeader? header)
    {
        if (facts.SizeBytes == 0)
            return "it is empty";
        if (header is null)
            return "its first line is no header";
        if (!header.IsChained || header.Session.Count == 0)
            return "it isn't a recorder's";
        if (facts.Uid != owner)
            return string.Create(CultureInfo.InvariantCulture, $"it belongs to uid {facts.Uid}");
        if ((facts.Mode & OthersAccess) != 0)
            return "others than its owner may open it";
        if (facts.LinkCount > 1)
            return "it has another name too";
        if (facts.IsAppendOnly == false && Fact(header, "append_only") == "yes")
            return FlagGone;
        return FindDoubtOfName(name, header);
    }

    // 20261121-165000-alice-ses12-0f3a9c1e-pts3: see RecordingDirectory.
    static string FindDoubtOfName(string name, RecordingHeader header)
    {
        string ses = Fact(header, "ses"), boot = Fact(header, "boot");
        string expected = $"-ses{(ses == "unset" ? "none" : ses)}-{boot[..Math.Min(8, boot.Length)]}-";
        if (!name.Contains(expected, StringComparison.Ordinal))
            return "its name and its header tell of two sessions";
        if (name.Length < 15 || header.UnixSeconds is not { } start
            || !DateTime.TryParseExact(name.AsSpan(0, 15), "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime named)
            || Math.Abs(new DateTimeOffset(named, TimeSpan.Zero).ToUnixTimeSeconds() - start) > StampSlackSeconds)
            return "its name and its header tell of two times";
        return "";
    }

    static string Fact(RecordingHeader header, string name)
    {
        foreach ((string known, string value) in header.Session)
        {
            if (known == name)
                return value;
        }

        return "";
    }
}
