using System.Globalization;
using Akashi.Diagnostics;
using Akashi.Rules;

namespace Akashi.Cli.RuleCommands;

/// <summary>A rule of a file that is tried out: with a key of its own in place of the file's.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Key">The key of its events; null for a rule of the action never, which makes none.</param>
/// <param name="Bytes">What adds it behind all others: what is loaded already sees every event first.</param>
sealed record CandidateRule(RuleSetLine Line, string? Key, byte[] Bytes)
{
    /// <summary>How keys of candidates begin: nobody else's do.</summary>
    public const string KeyBeginning = "akashi-cost-";

    /// <summary>Makes the candidates of a set, in its order; lines that add no rule to a list of system calls are left out.</summary>
    /// <remarks>Rules of the other lists would keep from being recorded what others ask for, or have no key to be told by.</remarks>
    /// <param name="set">Without errors.</param>
    /// <param name="context">What the set was read with.</param>
    /// <param name="pid">This process, so that two measurements at once don't share keys.</param>
    public static IReadOnlyList<CandidateRule> Of(RuleSet set, RuleContext context, int pid)
    {
        var candidates = new List<CandidateRule>();
        foreach (RuleSetLine line in set.Lines)
        {
            if (line.Change is { IsDeletion: false, Rule.List: FilterList.Exit or FilterList.IoUring } change)
                candidates.Add(Make(line, change.Rule, context, string.Create(CultureInfo.InvariantCulture, $"{KeyBeginning}{pid}-{candidates.Count + 1}")));
        }

        return candidates;
    }

    static CandidateRule Make(RuleSetLine line, Rule rule, RuleContext context, string key)
    {
        if (rule.Action == RuleAction.Never)
            return new CandidateRule(line, null, HeldRule.ToListed(RuleEncoder.Encode(rule)));
        RuleOption[] options =
        [
            .. line.Options.Where(option => option.IsOfRule && option.Name != "-k"
                && !(option.Name == "-F" && option.Value!.StartsWith("key", StringComparison.Ordinal))),
            new RuleOption("-k", key),
        ];
        RuleChange keyed = RuleParser.Parse(options, context, new DiagnosticBag())
            ?? throw new Host.AuditException($"{line.Place}: cannot give the rule a key of its own");
        return new CandidateRule(line, key, HeldRule.ToListed(RuleEncoder.Encode(keyed.Rule)));
    }
}
