using System.Text;
using Akashi.Host;
using Akashi.Linux.Terminals;

namespace Akashi.Cli.Script;

/// <summary>What the first and last lines of a typescript say.</summary>
/// <remarks>
/// <code>
/// Script started on 2026-11-21 14:03:11+00:00 [COMMAND="true" TERM="xterm" TTY="/dev/pts/0" COLUMNS="80" LINES="24"]
/// Script started on 2026-11-21 14:03:11+00:00 [&lt;not executed on terminal&gt;]
///
/// Script done on 2026-11-21 14:03:11+00:00 [COMMAND_EXIT_CODE="0"]
/// </code>
/// </remarks>
sealed class SessionFacts
{
    const int TimeLengthMax = 64;
    readonly IHost _host;

    public SessionFacts(IHost host, string? command, string shell)
    {
        _host = host;
        Shell = shell;
        StartTime = Now();
        IsOnTerminal = StandardStreams.IsTerminal(0);
        TerminalType = Environment.GetEnvironmentVariable("TERM");
        if (IsOnTerminal)
        {
            TerminalPath = FindTerminalPath();
            bool isSized = StandardStreams.TryGetSize(1, out int columns, out int rows);
            ColumnCount = isSized ? columns : FromEnvironment("COLUMNS");
            RowCount = isSized ? rows : FromEnvironment("LINES");
        }

        Header = MakeHeader(command);
    }

    public string Shell { get; }

    public string StartTime { get; }

    public bool IsOnTerminal { get; }

    public string? TerminalType { get; }

    public string? TerminalPath { get; }

    /// <summary>-1 where the terminal doesn't know its size.</summary>
    public int ColumnCount { get; }

    public int RowCount { get; }

    /// <summary>The first line of a log.</summary>
    public byte[] Header { get; }

    /// <summary>The last lines of a log.</summary>
    public byte[] MakeTrailer(int exitCode, bool isFull)
    {
        string reason = isFull ? "<max output size exceeded>" : $"COMMAND_EXIT_CODE=\"{exitCode}\"";
        return Encoding.UTF8.GetBytes($"\nScript done on {Now()} [{reason}]\n");
    }

    byte[] MakeHeader(string? command)
    {
        var facts = new List<string>();
        if (command is not null)
            facts.Add($"COMMAND=\"{command}\"");
        if (!IsOnTerminal)
            facts.Add("<not executed on terminal>");
        else
        {
            if (TerminalType is not null)
                facts.Add($"TERM=\"{TerminalType}\"");
            if (TerminalPath is not null)
                facts.Add($"TTY=\"{TerminalPath}\"");
            facts.Add($"COLUMNS=\"{ColumnCount}\" LINES=\"{RowCount}\"");
        }

        return Encoding.UTF8.GetBytes($"Script started on {StartTime} [{string.Join(' ', facts)}]\n");
    }

    // The zone with a colon, as ISO 8601 has it and strftime(3) hasn't.
    string Now()
    {
        Span<byte> text = stackalloc byte[TimeLengthMax];
        int length = _host.LocalTime.Format("%Y-%m-%d %H:%M:%S%z", _host.Clock.GetUtcNow().ToUnixTimeSeconds(), text);
        return Encoding.UTF8.GetString(text[..length]).Insert(length - 2, ":");
    }

    static string? FindTerminalPath()
    {
        for (int descriptor = 0; descriptor < 3; descriptor++)
        {
            if (StandardStreams.IsTerminal(descriptor))
                return new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;
        }

        return null;
    }

    static int FromEnvironment(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out int value) && value > 0 ? value : -1;
}
