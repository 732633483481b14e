namespace Akashi.Health;

/// <summary>Whether the kernel has an audit that answers.</summary>
static class KernelFinding
{
    const string Name = "kernel";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Status is not null)
            return Finding.Fine(Name, "the kernel's audit answers");
        return Finding.Problem(Name, $"the kernel's audit doesn't answer: {facts.KernelRefusal}", "without it nothing is recorded, and little can be said here", "sudo akashi doctor");
    }
}
