using Akashi.Reports.Facts;
using Akashi.Search;

namespace Akashi.Reports;

/// <summary>Which account changes count: aureport's --add and --delete.</summary>
public enum ChangeKind
{
    /// <summary>All.</summary>
    Every,

    /// <summary>Not the removal of users and groups.</summary>
    Additions,

    /// <summary>Not the adding of users and groups.</summary>
    Removals,
}

/// <summary>What of the trail a report tells of.</summary>
public sealed record ReportQuery
{
    /// <summary>The first second, Unix time; null for no beginning.</summary>
    public long? StartSeconds { get; init; }

    /// <summary>The last second; null for no end.</summary>
    public long? EndSeconds { get; init; }

    /// <summary>Only what went so; Unset for either.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>Which account changes count.</summary>
    public ChangeKind Changes { get; init; }

    /// <summary>Whether changes of the audit configuration are left out: aureport's --no-config.</summary>
    public bool LeavesOutConfiguration { get; init; }

    /// <summary>Nodes' names, one of which an event must come from; empty for all.</summary>
    public IReadOnlyList<byte[]> Nodes { get; init; } = [];

    /// <summary>Whether numbers are shown in words.</summary>
    public bool Interprets { get; init; }

    /// <summary>The time that is asked for.</summary>
    public TimeRange Times => new(StartSeconds ?? long.MinValue, EndSeconds ?? long.MaxValue);
}
