using System.Globalization;
using Akashi.Trail;

namespace Akashi.Cli.Ausearch.Checkpoints;

/// <summary>Beside a checkpoint, in <c>FILE.position</c>: where a run read to, so that the next costs only what is new.</summary>
/// <remarks>
/// <code>
/// akashi checkpoint position 1
/// timeout=2
/// start=0xFE00 11666346 1048576 0x9D3B…        device, inode, byte offset, digest of what is before (PositionMark)
/// end=0xFE00 11666346 1060000 0x11C9…
/// dev=0xFE00                                   the checkpoint's own three lines: where they changed, this is out of date
/// inode=11666346
/// output=- 1700000009.000:7 0x458
/// </code>
/// At <c>end</c> every event before had left, but those whose records all stand at <c>start</c> or behind. Reading from <c>start</c>, dropping what leaves
/// because of a line before <c>end</c>, therefore gives what reading from the log's beginning gives behind the checkpointed event.
/// </remarks>
/// <param name="TimeoutSeconds">The end-of-event timeout of the run.</param>
/// <param name="Start">Where the first record of the events stands that had not left; the end where there was none.</param>
/// <param name="End">Behind the last line read.</param>
/// <param name="Checkpoint">The checkpoint's text.</param>
sealed record ReadingState(int TimeoutSeconds, PositionMark Start, PositionMark End, string Checkpoint)
{
    const string FirstLine = "akashi checkpoint position 1";
    const int OwnLines = 4;

    /// <summary>Reads the text; null where it is none.</summary>
    public static ReadingState? Read(string text)
    {
        string[] lines = text.Split('\n', OwnLines + 1);
        return lines.Length == OwnLines + 1
            && lines[0] == FirstLine
            && lines[1].StartsWith("timeout=", StringComparison.Ordinal)
            && int.TryParse(lines[1].AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out int timeout)
            && TryReadMark(lines[2], "start=", out PositionMark start)
            && TryReadMark(lines[3], "end=", out PositionMark end)
            ? new ReadingState(timeout, start, end, lines[4])
            : null;
    }

    /// <summary>The text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{FirstLine}\ntimeout={TimeoutSeconds}\nstart={Text(Start)}\nend={Text(End)}\n{Checkpoint}");

    static string Text(PositionMark mark) => string.Create(
        CultureInfo.InvariantCulture,
        $"0x{mark.Position.Device:X} {mark.Position.Inode} {mark.Position.Offset} 0x{mark.Digest:X16}");

    static bool TryReadMark(string line, string name, out PositionMark mark)
    {
        mark = default;
        if (!line.StartsWith(name, StringComparison.Ordinal))
            return false;
        string[] words = line[name.Length..].Split(' ');
        if (words.Length != 4
            || !TryReadHex(words[0], out ulong device)
            || !ulong.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
            || !long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            || !TryReadHex(words[3], out ulong digest))
            return false;
        mark = new PositionMark(new TrailPosition(device, inode, offset), digest);
        return true;
    }

    static bool TryReadHex(string word, out ulong number)
    {
        number = 0;
        return word.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
