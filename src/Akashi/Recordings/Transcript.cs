using System.Globalization;
using System.Text;
using Akashi.Output;

namespace Akashi.Recordings;

/// <summary>A session as plain lines with times: what stood on the screen, after all editing, as it left the screen or was erased.</summary>
/// <remarks>
/// Lines that the terminal wrapped are one again. Of programs that fill the screen (the alternate page) it has the time and the last screen. Lines between
/// two pairs of hyphens are said of the recording, not by it. Characters that don't show themselves or turn the direction of text are escaped.
/// </remarks>
/// <param name="output">Takes the lines; controls never come there, the screen drew them.</param>
public sealed class Transcript(Utf8Output output) : IScrolledLines
{
    readonly StringBuilder _line = new();
    long _lineMicroseconds;
    bool _hasLine;
    long _now;
    long _written;
    long _alternateSince;
    string? _exitStatus;
    string? _from;
    long _fromMicroseconds;

    /// <summary>Leaves out what comes before the line that holds a text, or what is newer than a time.</summary>
    /// <param name="text">The text; small and capital letters are the same.</param>
    /// <param name="microseconds">When it was on the screen: lines written later are there in any case.</param>
    public void StartAt(string text, long microseconds) => (_from, _fromMicroseconds) = (text, microseconds);

    /// <summary>Writes a recording from where it stands to its end.</summary>
    public void Write(Timeline timeline)
    {
        Screen screen = timeline.Screen;
        _now = timeline.Microseconds;
        _alternateSince = _now;
        if (timeline.Session == 1 && _from is null)
            WriteHeader(timeline.Header);
        screen.ScrolledLines = this;
        while (timeline.TryPeek(out long next))
        {
            _now = next;
            timeline.Step();
            NoteEvent(timeline, screen);
        }

        screen.TellLines();
        if (screen.IsAlternate)
            WriteAlternate(screen);
        screen.ScrolledLines = null;
        WriteExit();
    }

    /// <inheritdoc/>
    void IScrolledLines.Leave(Screen screen, ReadOnlySpan<Cell> line, bool isWrapped, long? stamp)
    {
        if (!isWrapped || !_hasLine || _line.Length > Screen.SizeMax * Screen.SizeMax)
        {
            EndLine();
            _lineMicroseconds = stamp ?? _now;
        }

        screen.WriteText(line, _line);
        _hasLine = true;
    }

    /// <inheritdoc/>
    void IScrolledLines.Break() => EndLine();

    /// <inheritdoc/>
    void IScrolledLines.SwitchPage(Screen screen)
    {
        if (screen.IsAlternate)
            WriteAlternate(screen);
        _alternateSince = _now;
    }

    /// <summary>Writes a date as a transcript does.</summary>
    public static string DateOf(long unixSeconds) => unixSeconds is >= -62135596800 and <= 253402300799
        ? DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"
        : unixSeconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is to be said of a gap, <c>o 4096</c>; null where it says nothing.</summary>
    public static string? DescribeGap(ReadOnlySpan<byte> bytes)
    {
        string[] words = Encoding.UTF8.GetString(bytes).Split(' ');
        return words.Length is 2 or 3 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? string.Create(CultureInfo.InvariantCulture, $"{count} bytes {(words[0] == "i" ? "that were typed " : "")}were not recorded{DescribeCause(words[^1])}") : null;
    }

    /// <summary>What is to be said where another process ended the file, <c>UNIXSECONDS u=BYTES REASON</c>.</summary>
    public static string DescribeClosed(ReadOnlySpan<byte> bytes)
    {
        string[] words = Encoding.UTF8.GetString(bytes).Split(' ', 3);
        return "what came then was not recorded" + (words.Length == 3 && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? $"; closed {DateOf(seconds)}: {words[2]}" : "");
    }

    static string DescribeCause(string word) => word switch
    {
        "rate" => ": they came too fast",
        "size" => ": the recording had all it may have",
        _ => "",
    };

    /// <summary>What is to be said where a session begins, <c>UNIXSECONDS u=BYTES</c>.</summary>
    public static string DescribeSession(int number, ReadOnlySpan<byte> bytes)
    {
        string date = Encoding.UTF8.GetString(bytes).Split(' ')[0];
        return string.Create(CultureInfo.InvariantCulture, $"session {number} begins")
            + (long.TryParse(date, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds) ? ", " + DateOf(seconds) : "");
    }

    void WriteHeader(RecordingHeader header)
    {
        if (header.UnixSeconds is { } seconds)
            WriteNote("began " + DateOf(seconds));
        if (!string.IsNullOrEmpty(header.Title))
            WriteNote("title: " + header.Title);
        if (!string.IsNullOrEmpty(header.Command))
            WriteNote("command: " + header.Command);
    }

    void NoteEvent(Timeline timeline, Screen screen)
    {
        switch (timeline.Kind)
        {
            case RecordingEventKind.Session:
                WriteExit();
                WriteNote(DescribeSession(timeline.Session, timeline.Bytes));
                break;
            case RecordingEventKind.Gap when DescribeGap(timeline.Bytes) is { } text:
                screen.TellLines();
                WriteNote(text);
                break;
            case RecordingEventKind.Closed:
                screen.TellLines();
                WriteNote(DescribeClosed(timeline.Bytes));
                break;
            case RecordingEventKind.Exit:
                _exitStatus = Encoding.UTF8.GetString(timeline.Bytes);
                break;
        }
    }

    void WriteExit()
    {
        if (_exitStatus is not null)
            WriteNote("exit status " + _exitStatus);
        _exitStatus = null;
    }

    void WriteAlternate(Screen screen)
    {
        EndLine();
        _from = null;
        WriteTime(_alternateSince);
        output.Write(string.Create(CultureInfo.InvariantCulture, $"-- a program filled the screen for {(_now - _alternateSince) / 1_000_000.0:0.0} s; its last screen: --\n"));
        int last = screen.RowCount - 1;
        while (last >= 0 && screen.RowText(last).Length == 0)
            last--;
        int first = 0;
        while (first < last && screen.RowText(first).Length == 0)
            first++;
        for (int row = first; row <= last; row++)
            WriteLine(_now, "| " + screen.RowText(row));
    }

    void WriteNote(string text)
    {
        EndLine();
        WriteLine(_now, $"-- {text} --");
    }

    void EndLine()
    {
        if (!_hasLine)
            return;
        string line = _line.ToString().TrimEnd(' ');
        _line.Clear();
        _hasLine = false;
        if (_from is not null && _lineMicroseconds <= _fromMicroseconds && !line.Contains(_from, StringComparison.OrdinalIgnoreCase))
            return;
        _from = null;
        WriteLine(_lineMicroseconds, line);
    }

    void WriteLine(long microseconds, string text)
    {
        WriteTime(microseconds);
        output.WriteEscaped(Encoding.UTF8.GetBytes(HiddenCharacters.Escape(text)));
        output.EndLine();
    }

    // A line that was begun before the one above it stands at that one's time: times never go back.
    void WriteTime(long microseconds)
    {
        microseconds = _written = Math.Max(_written, microseconds);
        long seconds = microseconds / 1_000_000;
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}.{microseconds / 1000 % 1000:000}  "));
    }
}
