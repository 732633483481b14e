using System.Globalization;

namespace Akashi.Recordings;

/// <summary>What script(1) says of a session: in the first line of the data, and in the H lines of an advanced timing file.</summary>
static class TypescriptHeader
{
    /// <summary>Reads "Script started on 2026-11-21 14:00:00+00:00 [COMMAND="…" TERM="…" TTY="…" COLUMNS="80" LINES="24"]".</summary>
    public static RecordingHeader Parse(string line)
    {
        var header = new RecordingHeader();
        int start = line.IndexOf(" on ", StringComparison.Ordinal);
        int end = line.IndexOf('[', StringComparison.Ordinal);
        string time = start < 0 ? "" : (end < start + 4 ? line[(start + 4)..] : line[(start + 4)..end]).Trim();
        if (DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset began))
            header = header with { UnixSeconds = began.ToUnixTimeSeconds() };
        foreach (string name in (ReadOnlySpan<string>)["COMMAND", "TERM", "COLUMNS", "LINES"])
        {
            if (Value(line, name + "=\"") is { } value)
                header = Take(name, value, header);
        }

        return header;
    }

    /// <summary>Takes one fact in; what it doesn't know changes nothing.</summary>
    public static RecordingHeader Take(string name, string value, RecordingHeader header)
    {
        bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return name switch
        {
            "TERM" => header with { TerminalType = value },
            "COMMAND" => header with { Command = value },
            "COLUMNS" when isNumber && number > 0 => header with { ColumnCount = number },
            "LINES" when isNumber && number > 0 => header with { RowCount = number },
            "START_TIME" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset began) =>
                header with { UnixSeconds = began.ToUnixTimeSeconds() },
            _ => header,
        };
    }

    /// <summary>What follows a beginning, up to a quote or a blank; null where it's missing.</summary>
    public static string? Value(string text, string beginning)
    {
        int start = text.IndexOf(beginning, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += beginning.Length;
        int end = beginning.EndsWith('"') ? text.IndexOf('"', start) : text.IndexOf(' ', start);
        return end < 0 ? text[start..] : text[start..end];
    }
}
