using Akashi.Cli.CommandLine;
using Akashi.Cli.Input;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Reporting;

/// <summary>One report.</summary>
/// <param name="Name">The word after <c>akashi report</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">A few sentences for its help.</param>
/// <param name="Options">Its own options, beside <see cref="ReportRequest.Common"/>.</param>
/// <param name="Write">Reads the events and writes the rows.</param>
sealed record ReportKind(string Name, string Summary, string Description, IReadOnlyList<Option<ReportRequest>> Options, Action<ReportRun> Write);

/// <summary>What a report gets to see.</summary>
sealed record ReportRun(
    Invocation Invocation, ReportRequest Request, ReportPeriod Period, EventInput Input, Utf8Output Output, Utf8Output Error);
