namespace Akashi.Health;

/// <summary>Whether this is a container, which has no audit of its own.</summary>
static class ContainerFinding
{
    const string Name = "container";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Container is not { } sign)
            return null;
        return Finding.Note(Name, $"this is a container ({sign})", "the kernel's audit is one for the machine and is asked, and kept, on the host", null);
    }
}
