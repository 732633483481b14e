using Akashi.Diagnostics;
using Akashi.Tables;

namespace Akashi.Rules;

// One field at a time, for a caller that holds the rule itself: the library for C programs.
public sealed partial class RuleParser
{
    /// <summary>Reads one field, or comparison, that is to be put behind what a rule has so far.</summary>
    /// <param name="soFar">The rule without it; list and action don't count.</param>
    /// <param name="list">The list that the rule is for.</param>
    /// <param name="text">The field: <c>uid=0</c>.</param>
    /// <param name="isComparison">Whether it compares two fields: <c>uid!=euid</c>.</param>
    /// <param name="context">The machine, accounts and paths that names are looked up in.</param>
    /// <param name="condition">The field; default where it can't be.</param>
    /// <returns>What is wrong; 0 for nothing.</returns>
    public static RuleMessage ReadCondition(
        Rule soFar, FilterList list, string text, bool isComparison, RuleContext context, out RuleCondition condition)
    {
        condition = default;
        var diagnostics = new DiagnosticBag();
        // That arch comes before system calls is auditctl's rule: here the caller has turned their names into numbers.
        bool hasSyscalls = soFar.Syscalls.First >= 0 && !text.StartsWith("arch", StringComparison.OrdinalIgnoreCase);
        var parser = new RuleParser(context, diagnostics) { _list = list, _hasSyscalls = hasSyscalls };
        parser._conditions.AddRange(soFar.Conditions);
        if (parser.Take(new RuleOption(isComparison ? "-C" : "-F", text)))
        {
            condition = parser._keys.Count > 0
                ? RuleCondition.OfText(RuleField.Filterkey, RuleOperator.Equal, parser.JoinKeys())
                : parser._conditions[^1];
            return 0;
        }

        return (RuleMessage)diagnostics.All[^1].Number;
    }
}
