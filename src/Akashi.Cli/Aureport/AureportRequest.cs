using Akashi.Output;
using Akashi.Reports;
using Akashi.Reports.Facts;

namespace Akashi.Cli.Aureport;

/// <summary>What was typed after <c>aureport</c>: checked as far as that goes without asking the machine.</summary>
sealed class AureportRequest
{
    public bool WantsHelp { get; set; }

    public bool WantsVersion { get; set; }

    /// <summary>The report; null for the main summary, or for <see cref="WantsLogTimes"/>.</summary>
    public Report? Report { get; set; }

    /// <summary>Whether the time ranges of the logs are asked for.</summary>
    public bool WantsLogTimes { get; set; }

    public bool WantsSummary { get; set; }

    /// <summary>Unset for either.</summary>
    public Outcome Outcome { get; set; }

    public ChangeKind Changes { get; set; }

    public bool LeavesOutConfiguration { get; set; }

    public bool Interprets { get; set; }

    public List<string> Nodes { get; } = [];

    /// <summary>One or two words after -ts.</summary>
    public string[]? Start { get; set; }

    /// <summary>One or two words after -te.</summary>
    public string[]? End { get; set; }

    /// <summary>A file or directory; null for none.</summary>
    public string? InputPath { get; set; }

    /// <summary>Whether the logs of auditd.conf are to be read even where standard input is a pipe.</summary>
    public bool ReadsLogs { get; set; }

    public EscapeMode Escape { get; set; } = EscapeMode.Terminal;

    public bool ShowsBadLines { get; set; }

    /// <summary>Seconds; null for auditd.conf's.</summary>
    public int? EndOfEventTimeoutSeconds { get; set; }
}
