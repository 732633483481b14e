using System.Text;

namespace Akashi.Live.Tests.Soak;

/// <summary>Looks at every line of a log, by reading it the simple way.</summary>
sealed class SoakTrail
{
    readonly HashSet<string> _records = [];
    readonly Dictionary<string, int> _recordsOfEvents = [];

    /// <summary>Lines that are no whole record.</summary>
    public List<string> Torn { get; } = [];

    /// <summary>The beginnings of lines that a kill cut off.</summary>
    public List<string> Cut { get; } = [];

    /// <summary>Lines that hold a second record.</summary>
    public List<string> Glued { get; } = [];

    /// <summary>Records written twice: the same type, stamp and text.</summary>
    public List<string> Doubled { get; } = [];

    /// <summary>What the daemon said was lost (<c>op=loss</c>).</summary>
    public List<string> Losses { get; } = [];

    /// <summary>Whether <see cref="AssertSound"/> would find nothing.</summary>
    public bool IsSound => Torn.Count + Glued.Count + Doubled.Count == 0;

    /// <summary>Looks for what must never be.</summary>
    public void AssertSound()
    {
        Assert.True(Torn.Count == 0, $"{Torn.Count} torn lines: {string.Join('\n', Torn.Take(5))}");
        Assert.True(Glued.Count == 0, $"{Glued.Count} glued lines: {string.Join('\n', Glued.Take(5))}");
        Assert.True(Doubled.Count == 0, $"{Doubled.Count} records twice: {string.Join('\n', Doubled.Take(5))}");
    }

    /// <summary>The load's events whose four records are all there.</summary>
    public int WholeEvents => _recordsOfEvents.Values.Count(records => records == 4);

    /// <summary>EXECVE records.</summary>
    public long ExecutedPrograms { get; private set; }

    /// <summary>The load's events that lack records.</summary>
    public int PartialEvents => _recordsOfEvents.Count - WholeEvents;

    /// <summary>Reads a log.</summary>
    /// <param name="path">The log.</param>
    /// <param name="isCut">Whether its last line may lack its end, as after a kill.</param>
    public static SoakTrail Read(string path, bool isCut)
    {
        var trail = new SoakTrail();
        trail.ReadOn(path, isCut);
        return trail;
    }

    /// <summary>Reads the next segment.</summary>
    /// <param name="path">The segment.</param>
    /// <param name="isCut">Whether its last line may lack its end.</param>
    public void ReadOn(string path, bool isCut)
    {
        string text = File.ReadAllText(path, Encoding.Latin1);
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf('\n', start);
            if (end < 0)
            {
                if (!isCut)
                    Torn.Add(text[start..]);
                break;
            }

            // What a killed daemon was writing: the next one ends the line, and says its start.
            string line = text[start..end];
            start = end + 1;
            if (text.AsSpan(start).StartsWith("type=DAEMON_START ", StringComparison.Ordinal) && line.IndexOf("): ", StringComparison.Ordinal) < 0)
                Cut.Add(line);
            else
                Add(line);
        }
    }

    void Add(string line)
    {
        const string Stamp = " msg=audit(";
        int stamp = line.IndexOf(Stamp, StringComparison.Ordinal);
        int stampEnd = stamp < 0 ? -1 : line.IndexOf("): ", stamp, StringComparison.Ordinal);
        if (!line.StartsWith("type=", StringComparison.Ordinal) || stampEnd < 0)
        {
            Torn.Add(line);
            return;
        }

        if (line.IndexOf(Stamp, stamp + 1, StringComparison.Ordinal) >= 0)
            Glued.Add(line);
        string type = line["type=".Length..stamp];
        string id = line[(stamp + Stamp.Length)..stampEnd];
        if (type == "EXECVE")
            ExecutedPrograms++;
        string item = type == "PATH" ? line[(stampEnd + 3)..(stampEnd + 9)] : "";
        if (!_records.Add($"{type} {id} {item}"))
            Doubled.Add(line);
        if (line.Contains("op=loss ", StringComparison.Ordinal))
            Losses.Add(line);
        if (type is "SYSCALL" or "CWD" or "PATH" or "PROCTITLE")
            _recordsOfEvents[id] = _recordsOfEvents.GetValueOrDefault(id) + 1;
    }
}
