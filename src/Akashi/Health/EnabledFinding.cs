namespace Akashi.Health;

/// <summary>Whether the kernel records at all.</summary>
static class EnabledFinding
{
    const string Name = "switched-on";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Status is not { } status)
            return null;
        return status.Enabled == 0
            ? Finding.Problem(Name, "the kernel's audit is switched off", "no rule makes a record, no login is recorded", "auditctl -e 1")
            : Finding.Fine(Name, "the kernel's audit is switched on");
    }
}
