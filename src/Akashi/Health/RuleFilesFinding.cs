using Akashi.Diagnostics;

namespace Akashi.Health;

/// <summary>Whether the rule files are sound, and audit.rules is made of them.</summary>
static class RuleFilesFinding
{
    const string Name = "rule-files";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.RuleFaults.FirstOrDefault(fault => fault.Severity == Severity.Error) is { } error)
            return Finding.Problem(Name, $"a rule file has errors: {error}", "it is not loaded at boot; where auditctl -R loads the rules, and no line before it is -c, none after it is either", "akashi rules check");
        if (facts.IsMerged == false)
            return Finding.Warning(Name, "/etc/audit/audit.rules is not what augenrules makes of rules.d", "what is loaded at boot may be the old rules", "augenrules --load");
        return facts.IsMerged is null ? Finding.Note(Name, "there is no /etc/audit/rules.d", "no rules are kept for the next boot", "akashi setup service") : Finding.Fine(Name, "the rule files are sound");
    }
}
