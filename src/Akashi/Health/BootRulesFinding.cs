namespace Akashi.Health;

/// <summary>Whether rules and daemon begin with the machine.</summary>
static class BootRulesFinding
{
    const string Name = "boot";

    public static Finding? Of(HealthFacts facts)
    {
        return facts.LoadsRulesAtBoot
            ? Finding.Fine(Name, "rules and daemon begin when the machine boots")
            : Finding.Warning(Name, "nothing loads the rules when the machine boots", "after the next boot nothing is recorded", "akashi setup service");
    }
}
