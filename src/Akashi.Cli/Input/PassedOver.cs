using System.Text;
using Akashi.Output;
using Akashi.Records;
using Akashi.Search;

namespace Akashi.Cli.Input;

/// <summary>Says on standard error what a search passed over: nothing is skipped in silence.</summary>
static class PassedOver
{
    /// <summary>Shows every line that is no record: --debug.</summary>
    public static BadLineObserver Show(Utf8Output error) => (line, _, fault) =>
    {
        error.Write($"{RecordFaultText.Describe(fault)}: ");
        error.WriteEscaped(line);
        error.EndLine();
    };

    /// <summary>One line for what was cut short, one for what was no record; none where there is nothing to say.</summary>
    public static void Say(SearchCounts counts, string toolName, Utf8Output error)
    {
        if (counts.IncompleteEvents > 0)
            error.Write($"{toolName}: {counts.IncompleteEvents} events were cut short: too many were open at once\n");
        if (counts.BadLines == 0)
            return;
        var text = new StringBuilder($"{toolName}: {counts.BadLines} {(counts.BadLines == 1 ? "line is no record" : "lines are no records")}:");
        string separator = " ";
        foreach (RecordFault fault in Enum.GetValues<RecordFault>())
        {
            if (counts[fault] == 0)
                continue;
            text.Append(separator).Append(counts[fault]).Append(" × ").Append(RecordFaultText.Describe(fault));
            separator = ", ";
        }

        error.Write(text.Append('\n').ToString());
    }
}
