using System.Globalization;
using Akashi.Diagnostics;
using Akashi.Tables;

namespace Akashi.Rules;

// A line is often written twice, for 64 and 32 bit programs: what is wrong with both is said of the first.
public sealed partial class RuleCheck
{
    List<Diagnostic> SayOnceOfTwins(RuleSet set, IReadOnlyList<Diagnostic> ordered)
    {
        var lines = new Dictionary<string, RuleSetLine>();
        foreach (RuleSetLine line in set.Lines)
            lines.TryAdd(line.Place, line);
        var said = new Dictionary<(int Number, string Rule, string Text), (int Index, Machine Machine)>();
        var kept = new List<Diagnostic>();
        foreach (Diagnostic diagnostic in ordered)
        {
            Rule? rule = lines.GetValueOrDefault(PlaceOf(diagnostic))?.Change?.Rule;
            if (rule is null || MachineOf(rule) is not { } arch)
            {
                kept.Add(diagnostic);
                continue;
            }

            var key = (diagnostic.Number, WithoutArch(rule), ByRules(diagnostic.Text, lines));
            if (said.TryGetValue(key, out (int Index, Machine Machine) first) && first.Machine != arch)
                kept[first.Index] = kept[first.Index] with { Text = $"{kept[first.Index].Text} (line {diagnostic.Line.ToString(CultureInfo.InvariantCulture)} too)" };
            else
            {
                said.TryAdd(key, (kept.Count, arch));
                kept.Add(diagnostic);
            }
        }

        return kept;
    }

    static string PlaceOf(Diagnostic diagnostic) => string.Create(CultureInfo.InvariantCulture, $"{diagnostic.File}:{diagnostic.Line}");

    string WithoutArch(Rule rule) => $"{rule.List} {rule.Action} {KeyOf(rule)} "
        + string.Join(' ', rule.Conditions.Where(condition => condition.Field is not (RuleField.Arch or RuleField.Filterkey)).Select(condition => Text(condition)));

    // Twins are told of in the places of twins.
    string ByRules(string text, Dictionary<string, RuleSetLine> lines) => string.Join(' ', text.Split(' ')
        .Select(word => lines.GetValueOrDefault(word.TrimEnd(',', ':', ';'))?.Change is { } change ? WithoutArch(change.Rule) : word));
}
