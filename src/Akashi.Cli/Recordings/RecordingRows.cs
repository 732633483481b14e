using System.Globalization;
using Akashi.Recordings;

namespace Akashi.Cli.Recordings;

/// <summary>What is shown of recordings: people get the most important columns, programs all.</summary>
static class RecordingRows
{
    static readonly string[] s_shown = ["ID", "USER", "FROM", "START", "LENGTH", "CMDS", "SIZE", "STATE", "EXIT", "COMMAND"];
    static readonly string[] s_all =
        ["ID", "NAME", "USER", "AUID", "SES", "FROM", "NODE", "BOOT", "TERMINAL", "LOGIN", "START", "SECONDS", "BYTES", "STATE", "DOUBT", "EXIT", "COMMANDS", "COMMAND", "TRIAL"];

    /// <summary>Writes them.</summary>
    public static void Write(SessionRows rows, List<RecordingSummary> summaries) =>
        rows.Write(rows.IsTable ? s_shown : s_all, [.. summaries.Select(summary => (rows.IsTable ? Shown(summary) : All(summary), summary.UnixSeconds))]);

    static string[] Shown(RecordingSummary summary) =>
    [
        summary.Id, Known(summary.Fact("user")), Known(From(summary)),
        "-", Length(summary.LengthSeconds), Known(Number(summary.CommandCount)), Size(summary.SizeBytes), StateOf(summary.State), Known(Number(summary.ExitCode)),
        summary.Doubt.Length > 0 ? $"({summary.Doubt})" : summary.Command ?? "",
    ];

    static string[] All(RecordingSummary summary) =>
    [
        summary.Id, summary.Name, summary.Fact("user"), summary.Fact("auid"), summary.Fact("ses"), summary.Fact("address"), summary.Fact("node"), summary.Fact("boot"),
        summary.Fact("terminal"), summary.Fact("login"), "", Number(summary.LengthSeconds), Number(summary.SizeBytes), StateOf(summary.State), summary.Doubt,
        Number(summary.ExitCode), Number(summary.CommandCount), summary.Command ?? "", summary.IsTrial ? "yes" : "",
    ];

    // Nobody came from anywhere where a setup tried the login. Not beside the command, which a person chooses.
    static string From(RecordingSummary summary) => summary.IsTrial ? RecordingSummary.TrialWords
        : summary.Fact("address") is { Length: > 0 } address ? address : summary.Fact("terminal").Replace("/dev/", "", StringComparison.Ordinal);

    static string StateOf(RecordingState state) => state switch
    {
        RecordingState.Live => "live",
        RecordingState.Finished => "finished",
        RecordingState.Cut => "cut",
        _ => "suspect",
    };

    static string Known(string text) => text.Length > 0 ? text : "-";

    static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    static string Length(long? seconds) => seconds is not { } known ? "-" : string.Create(CultureInfo.InvariantCulture, $"{known / 3600}:{known / 60 % 60:00}:{known % 60:00}");

    static string Size(long bytes)
    {
        const int Step = 1024;
        string[] units = ["B", "K", "M", "G", "T"];
        double value = bytes;
        int unit = 0;
        for (; value >= Step && unit < units.Length - 1; unit++)
            value /= Step;
        return value.ToString(unit == 0 || value >= 10 ? "F0" : "F1", CultureInfo.InvariantCulture) + units[unit];
    }
}
