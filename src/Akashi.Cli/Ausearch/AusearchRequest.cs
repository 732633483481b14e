using Akashi.Formats;
using Akashi.Output;
using Akashi.Tables;

namespace Akashi.Cli.Ausearch;

/// <summary>What was typed after <c>ausearch</c>: checked as far as that goes without asking the machine.</summary>
sealed class AusearchRequest
{
    public bool WantsHelp { get; set; }

    public bool WantsVersion { get; set; }

    /// <summary>A file or directory; null for none.</summary>
    public string? InputPath { get; set; }

    /// <summary>Whether the logs of auditd.conf are to be read even where standard input is a pipe.</summary>
    public bool ReadsLogs { get; set; }

    public OutputFormat? Format { get; set; }

    /// <summary>The columns of csv that --extra-… asks for.</summary>
    public CsvColumns ExtraColumns { get; set; }

    public EscapeMode Escape { get; set; } = EscapeMode.Terminal;

    public bool IsLineBuffered { get; set; }

    public bool EndsAfterFirst { get; set; }

    public bool ShowsBadLines { get; set; }

    /// <summary>Whether strings must match as a whole.</summary>
    public bool MatchesWholeWords { get; set; }

    /// <summary>Seconds; null for auditd.conf's.</summary>
    public int? EndOfEventTimeoutSeconds { get; set; }

    /// <summary>The value of --arch; null for none.</summary>
    public string? MachineName { get; set; }

    public List<string> Nodes { get; } = [];

    /// <summary>The union of every -m; null where there is none.</summary>
    public HashSet<RecordType>? RecordTypes { get; set; }

    /// <summary>Whether ALL was among the types.</summary>
    public bool TakesEveryType { get; set; }

    /// <summary>One or two words after -ts.</summary>
    public string[]? Start { get; set; }

    /// <summary>One or two words after -te.</summary>
    public string[]? End { get; set; }

    /// <summary>The file of --checkpoint; null for none.</summary>
    public string? CheckpointPath { get; set; }

    /// <summary>Whether -ts says checkpoint: of the checkpoint the time alone counts.</summary>
    public bool StartsAtCheckpoint => Start is ["checkpoint"];

    /// <summary>Conditions whose values need the other options or the machine, in the order they were typed.</summary>
    public List<TypedCondition> Conditions { get; } = [];
}

/// <summary>An option that selects events.</summary>
/// <param name="Option">As it was typed, for messages.</param>
/// <param name="Value">Its value.</param>
/// <param name="Build">Makes the condition, or null and a fault.</param>
sealed record TypedCondition(string Option, string Value, BuildCondition Build);
