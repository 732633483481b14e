using Akashi.Events;
using Akashi.Reports.Facts;

namespace Akashi.Reports;

/// <summary>Whether a report tells of an event.</summary>
public delegate bool HasRows(AuditEvent auditEvent, EventFacts facts);

/// <summary>One report: what it is called, which events it has, what it says of them.</summary>
/// <param name="Short">The option that asks for it, with its dash; null for none.</param>
/// <param name="Long">The long option, with its dashes.</param>
/// <param name="Help">One line.</param>
/// <param name="Title">What stands over the rows.</param>
/// <param name="RuleLength">The length of the rules over and under the columns' headings, as the original has them.</param>
/// <param name="Needs">The facts that rows or the summary are made of.</param>
/// <param name="HasRows">Which events it has.</param>
/// <param name="Columns">The columns behind number, date and time.</param>
public sealed record Report(
    string? Short, string Long, string Help, string Title, int RuleLength, FactKinds Needs, HasRows HasRows, IReadOnlyList<Column> Columns)
{
    /// <summary>The length of the rule under the headings where it is another.</summary>
    public int? LowerRuleLength { get; init; }

    /// <summary>How many rows an event has that has any values.</summary>
    public Func<EventFacts, int> RowCount { get; init; } = static _ => 1;

    /// <summary>Its summary; null for a report that has none.</summary>
    public ReportSummary? Summary { get; init; }
}

/// <summary>The summary of a report: how often each value comes.</summary>
/// <param name="Title">What stands over it, before <c>Summary Report</c>.</param>
/// <param name="Word">What the values are.</param>
/// <param name="RuleLength">The length of its rules.</param>
/// <param name="Make">Makes what counts the values and prints them.</param>
public sealed record ReportSummary(string Title, string Word, int RuleLength, Func<SummaryValues> Make);
