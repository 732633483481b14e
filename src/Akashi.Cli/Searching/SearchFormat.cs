namespace Akashi.Cli.Searching;

/// <summary>How events are printed.</summary>
enum SearchFormat
{
    /// <summary>A line for people: the live view's.</summary>
    Line,

    /// <summary>A sentence, ausearch's text.</summary>
    Text,

    /// <summary>A line of JSON.</summary>
    Json,

    /// <summary>RFC 4180.</summary>
    Csv,

    /// <summary>Records as they stand in the trail.</summary>
    Raw,

    /// <summary>Records with their values in words.</summary>
    Interpreted,
}

/// <summary>What is counted instead of printing events.</summary>
enum SearchSummary
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The events.</summary>
    Count,

    /// <summary>The most frequent values of a field.</summary>
    Top,

    /// <summary>Events over time.</summary>
    Times,
}
