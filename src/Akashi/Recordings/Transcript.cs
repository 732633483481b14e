using System.Globalization;
using System.Text;
using Akashi.Output;

namespace Akashi.Recordings;

/// <summary>A session as plain lines with times: what stood on the screen, after all editing, as it left the screen.</summary>
/// <remarks>Lines that the terminal wrapped are one again. Programs that fill the screen are named by their time and last screen.</remarks>
/// <param name="output">Takes the lines; controls never come there, the screen drew them.</param>
public sealed class Transcript(Utf8Output output) : IScrolledLines
{
    readonly StringBuilder _line = new();
    long _lineMicroseconds;
    bool _hasLine;
    long _now;
    long _alternateSince = -1;

    /// <summary>Writes a recording from where it stands to its end.</summary>
    public void Write(Timeline timeline)
    {
        Screen screen = timeline.Screen;
        screen.ScrolledLines = this;
        while (timeline.TryPeek(out long next))
        {
            _now = next;
            timeline.Step();
            if (timeline.Kind != RecordingEventKind.Output)
                continue;
            screen.Stamp(_now);
            NoteAlternate(screen);
        }

        screen.ScrolledLines = null;
        if (screen.IsAlternate)
            WriteAlternate(_now);
        int last = screen.RowCount - 1;
        while (last >= 0 && screen.RowText(last).Length == 0)
            last--;
        for (int row = 0; row <= last; row++)
            Take(screen, screen[row][..screen.UsedColumns(row)], screen.IsWrapped(row), screen.StampOf(row));
        EndLine();
    }

    /// <inheritdoc/>
    void IScrolledLines.Leave(Screen screen, ReadOnlySpan<Cell> line, bool isWrapped, long? stamp) => Take(screen, line, isWrapped, stamp);

    void NoteAlternate(Screen screen)
    {
        if (screen.IsAlternate && _alternateSince < 0)
        {
            _alternateSince = _now;
        }
        else if (!screen.IsAlternate && _alternateSince >= 0)
        {
            WriteAlternate(_now);
            _alternateSince = -1;
        }
    }

    void WriteAlternate(long until)
    {
        EndLine();
        WriteTime(_alternateSince);
        output.Write(string.Create(CultureInfo.InvariantCulture, $"-- a program filled the screen for {(until - _alternateSince) / 1_000_000.0:0.0} s --\n"));
    }

    void Take(Screen screen, ReadOnlySpan<Cell> line, bool isWrapped, long? stamp)
    {
        if (!isWrapped || _line.Length > Screen.SizeMax * Screen.SizeMax)
        {
            EndLine();
            _lineMicroseconds = stamp ?? _now;
        }

        screen.WriteText(line, _line);
        _hasLine = true;
    }

    void EndLine()
    {
        if (!_hasLine)
            return;
        WriteTime(_lineMicroseconds);
        output.WriteEscaped(Encoding.UTF8.GetBytes(_line.ToString().TrimEnd(' ')));
        output.EndLine();
        _line.Clear();
        _hasLine = false;
    }

    void WriteTime(long microseconds)
    {
        long seconds = microseconds / 1_000_000;
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}.{microseconds / 1000 % 1000:000}  "));
    }
}
