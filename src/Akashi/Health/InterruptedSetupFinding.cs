namespace Akashi.Health;

/// <summary>Whether a setup was interrupted.</summary>
static class InterruptedSetupFinding
{
    const string Name = "setup";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.InterruptedSetups.Count == 0)
            return null;
        string name = facts.InterruptedSetups[0];
        return Finding.Warning(Name, $"akashi setup {name} was interrupted", "each file is its old content or its new one, but not all are the same of the two", $"akashi setup {name} --undo, or the same setup again: both first put back what was there before");
    }
}
