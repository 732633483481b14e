namespace Akashi.Health;

/// <summary>What the kernel does where it can't record.</summary>
static class FailureModeFinding
{
    const string Name = "failure-mode";

    public static Finding? Of(HealthFacts facts)
    {
        return facts.Status?.Failure switch
        {
            0 => Finding.Warning(Name, "where the kernel can't record it says nothing (-f 0)", "lost records go unnoticed", "auditctl -f 1"),
            2 => Finding.Note(Name, "where the kernel can't record it stops the machine (-f 2)", "whoever fills the backlog stops the machine", "auditctl -f 1"),
            1 => Finding.Fine(Name, "where the kernel can't record it says so in its log (-f 1)"),
            _ => null,
        };
    }
}
