using System.Globalization;
using System.Text;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>Finds rules that are well formed and yet don't do what they seem to.</summary>
/// <param name="machine">The machine that they're for.</param>
/// <param name="kindOf">What a path leads to, following symbolic links.</param>
/// <param name="linkTargetOf">Where a symbolic link leads in the end; null of a path that is none.</param>
public sealed partial class RuleCheck(Machine machine, Func<string, FileKind> kindOf, Func<string, string?> linkTargetOf)
{
    readonly RuleListing _listing = new(machine);
    DiagnosticBag _diagnostics = new();

    /// <summary>Checks the rules that a set of files loads into an empty kernel.</summary>
    /// <param name="set">The files.</param>
    /// <returns>What was found; the diagnostics of the set itself aren't repeated.</returns>
    public DiagnosticBag Check(RuleSet set)
    {
        _diagnostics = new DiagnosticBag();
        HeldRule[] rules = [.. RuleTarget.Of([], set, _diagnostics).Rules];
        foreach (HeldRule rule in rules)
        {
            CheckConditions(rule);
            CheckPaths(rule);
            CheckEverySyscall(rule);
        }
        CheckSettings(set);
        CheckOrder(rules);
        CheckSyscalls(rules);
        CheckTasks(rules);
        return InOrderOfLines(set);
    }

    DiagnosticBag InOrderOfLines(RuleSet set)
    {
        var positions = new Dictionary<(string?, int), int>();
        foreach (RuleSetLine line in set.Lines)
            positions.TryAdd((line.File, line.Line), positions.Count);
        var ordered = new DiagnosticBag();
        Diagnostic[] all = [.. _diagnostics.All.OrderBy(diagnostic => positions[(diagnostic.File, diagnostic.Line)])];
        foreach (Diagnostic diagnostic in SayOnceOfTwins(set, all))
            ordered.Add(diagnostic);
        return ordered;
    }

    // A rule for new processes takes effect before any rule for their system calls.
    void CheckTasks(HeldRule[] rules)
    {
        HeldRule? off = rules.FirstOrDefault(rule => rule.List == FilterList.Task && rule.Rule.Action == RuleAction.Never && rule.Rule.Conditions.Count == 0);
        if (off is not null && rules.Any(rule => rule.List == FilterList.Exit))
            Warn(RuleFinding.Overruled, off, "switches the auditing of system calls off: no rule of the list exit matches a process made from now on", "take this line out");
    }

    void Warn(RuleFinding finding, HeldRule rule, string text, string? hint = null, Severity severity = Severity.Warning) =>
        _diagnostics.Add(new Diagnostic((int)finding, severity, text)
        {
            File = rule.Source!.File,
            Line = rule.Source.Line,
            Hint = hint,
        });

    static string KeyOf(Rule rule) => Encoding.UTF8.GetString(rule.Key.Span).Replace((char)Rule.KeySeparator, ',');

    static string Join(IReadOnlyList<string> names)
    {
        const int NamesMax = 8;
        string more = names.Count > NamesMax ? $" and {names.Count - NamesMax} more" : "";
        return string.Join(", ", names.Take(NamesMax)) + more;
    }

    static Machine? MachineOf(Rule rule)
    {
        foreach (RuleCondition condition in rule.Conditions)
        {
            if (condition is { Field: RuleField.Arch, Operator: RuleOperator.Equal } && Machines.TryFromElf(condition.Value, out Machine found))
                return found;
        }
        return null;
    }

    static string NameOf(Machine machine, int number) => Syscalls.ForMachine(machine).TryGetName(number, out ReadOnlySpan<byte> name)
        ? Encoding.UTF8.GetString(name)
        : number.ToString(CultureInfo.InvariantCulture);
}
