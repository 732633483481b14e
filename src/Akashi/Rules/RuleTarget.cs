using System.Globalization;
using System.Text;
using Akashi.Diagnostics;

namespace Akashi.Rules;

/// <summary>The rules that the kernel would hold if auditctl loaded a set of files into what it holds now.</summary>
/// <remarks><c>-D</c> takes what was there away, <c>-D -k</c> and <c>-d</c> a part; without them rules are added to those that are there.</remarks>
public sealed class RuleTarget
{
    readonly List<HeldRule> _rules;
    readonly HashSet<HeldRule> _fromFiles = [];
    readonly HashSet<HeldRule> _present;

    RuleTarget(IEnumerable<HeldRule> held)
    {
        _rules = [.. held];
        _present = [.. _rules];
    }

    /// <summary>The rules, in an order that each list's own follows.</summary>
    public IReadOnlyList<HeldRule> Rules => _rules;

    /// <summary>Works the lines of a set through.</summary>
    /// <param name="held">What the kernel holds.</param>
    /// <param name="set">The files.</param>
    /// <param name="diagnostics">Receives notes of rules that are there twice, warnings of rules that a later -D takes away, and errors of deletions that find nothing.</param>
    public static RuleTarget Of(IEnumerable<HeldRule> held, RuleSet set, DiagnosticBag diagnostics)
    {
        var target = new RuleTarget(held);
        foreach (RuleSetLine line in set.Lines)
        {
            if (line.Options.Any(option => option.Name == "-D"))
                target.Clear(line, diagnostics);
            if (line.Change is { } change)
                target.Apply(change, HeldRule.OfFile(change.Rule, line), diagnostics);
        }
        return target;
    }

    void Clear(RuleSetLine line, DiagnosticBag diagnostics)
    {
        string? key = line.Options.FirstOrDefault(option => option.Name == "-k").Value;
        byte[] wanted = Encoding.UTF8.GetBytes(key ?? "");
        int ownCount = _fromFiles.Count(rule => rule.Rule.Key.Span.IndexOf(wanted) >= 0);
        if (ownCount > 0)
        {
            string what = ownCount == 1 ? "the rule" : string.Create(CultureInfo.InvariantCulture, $"the {ownCount} rules");
            diagnostics.Add(new Diagnostic((int)RuleFinding.TakenAway, Severity.Warning,
                $"{(key is null ? "-D" : $"-D -k {key}")} takes away {what} of the files that {(ownCount == 1 ? "stands" : "stand")} before it, and what the kernel holds")
            {
                File = line.File,
                Line = line.Line,
                Hint = "make it the first line of the first file",
            });
        }

        _rules.RemoveAll(rule => rule.Rule.Key.Span.IndexOf(wanted) >= 0);
        _present.RemoveWhere(rule => rule.Rule.Key.Span.IndexOf(wanted) >= 0);
        _fromFiles.IntersectWith(_present);
    }

    void Apply(RuleChange change, HeldRule rule, DiagnosticBag diagnostics)
    {
        if (change.IsDeletion)
        {
            if (!_present.Remove(rule))
                Report(diagnostics, Severity.Error, RuleFinding.DeletionWithoutRule, "there is no such rule to delete", rule);
            _rules.Remove(rule);
            _fromFiles.Remove(rule);
        }
        else if (_present.Add(rule))
        {
            _rules.Insert(change.Rule.IsPrepended ? 0 : _rules.Count, rule);
            _fromFiles.Add(rule);
        }
        else if (_fromFiles.TryGetValue(rule, out HeldRule? first))
        {
            Report(diagnostics, Severity.Note, RuleFinding.Duplicate, $"the same rule as at {first.Source!.Place}; it is loaded once", rule);
        }
        else
        {
            // It is in the kernel already, and stays where it is.
            _fromFiles.Add(rule);
        }
    }

    static void Report(DiagnosticBag diagnostics, Severity severity, RuleFinding finding, string text, HeldRule rule) =>
        diagnostics.Add(new Diagnostic((int)finding, severity, text) { File = rule.Source!.File, Line = rule.Source.Line });
}
