using Akashi.Output;
using Akashi.Reports.Facts;

namespace Akashi.Reports;

/// <summary>What stands over a report.</summary>
public static class ReportHeading
{
    const int MainRuleLength = 22;
    const int LogRuleLength = 21;

    /// <summary>Over the rows of a report.</summary>
    public static void Write(Report report, Utf8Output output)
    {
        output.EndLine();
        output.Write(report.Title);
        output.EndLine();
        Rule(output, report.RuleLength);
        output.Write("# date time"u8);
        foreach (Column column in report.Columns)
        {
            output.Write((byte)' ');
            output.Write(column.Word);
        }

        output.EndLine();
        Rule(output, report.LowerRuleLength ?? report.RuleLength);
    }

    /// <summary>Over the lines of a summary.</summary>
    public static void WriteSummary(ReportSummary summary, Outcome outcome, Utf8Output output)
    {
        output.EndLine();
        WriteOutcome(outcome, output);
        output.Write(summary.Title);
        output.Write(" Summary Report\n"u8);
        Rule(output, summary.RuleLength);
        output.Write("total  "u8);
        output.Write(summary.Word);
        output.EndLine();
        Rule(output, summary.RuleLength);
    }

    /// <summary>Over the main summary.</summary>
    public static void WriteMain(Outcome outcome, Utf8Output output)
    {
        output.EndLine();
        WriteOutcome(outcome, output);
        output.Write("Summary Report\n"u8);
        Rule(output, MainRuleLength);
    }

    /// <summary>Over the time ranges of the logs.</summary>
    public static void WriteLogs(Utf8Output output)
    {
        output.Write("\nLog Time Range Report\n"u8);
        Rule(output, LogRuleLength);
    }

    /// <summary>Over the summary of a report that has none: nothing but an empty line, and which outcome was asked for.</summary>
    public static void WriteMissingSummary(Outcome outcome, Utf8Output output)
    {
        output.EndLine();
        WriteOutcome(outcome, output);
    }

    static void WriteOutcome(Outcome outcome, Utf8Output output)
    {
        if (outcome == Outcome.Failed)
            output.Write("Failed "u8);
        else if (outcome == Outcome.Success)
            output.Write("Success "u8);
    }

    static void Rule(Utf8Output output, int length)
    {
        for (int index = 0; index < length; index++)
            output.Write((byte)'=');
        output.EndLine();
    }
}
