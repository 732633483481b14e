namespace Akashi.Health;

/// <summary>Whether the kernel holds the rules of the files.</summary>
static class RulesFinding
{
    const string Name = "rules";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Status is null)
            return null;
        if (facts.RulesMissing > 0)
            return Finding.Warning(Name, $"{Count(facts.RulesMissing)} of /etc/audit/rules.d {(facts.RulesMissing == 1 ? "is" : "are")} not loaded", "what they would record is not recorded", "akashi rules diff; akashi rules load");
        if (facts.RulesHeld == 0)
            return Finding.Warning(Name, "no rules are loaded", facts.Owner is null ? "with a daemon too logins alone would be recorded, not what people do" : "logins are recorded, what people do is not", "akashi setup commands --users NAME; akashi setup files PATH; akashi setup software");
        return facts.RulesUnwritten > 0
            ? Finding.Note(Name, $"{Count(facts.RulesUnwritten)} of the kernel {(facts.RulesUnwritten == 1 ? "stands" : "stand")} in no file", "gone after the next boot", "akashi rules diff")
            : Finding.Fine(Name, $"{Count(facts.RulesHeld)} {(facts.RulesHeld == 1 ? "is" : "are")} loaded, as the files have {(facts.RulesHeld == 1 ? "it" : "them")}");

        static string Count(int count) => count == 1 ? "1 rule" : $"{count} rules";
    }
}
