namespace Akashi.Health;

/// <summary>Whether somebody writes what the kernel records.</summary>
static class DaemonFinding
{
    const string Name = "daemon";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Status is null)
            return null;

        // auditd's local_events = no is spoken of with its settings.
        if (facts is { Owner: null, Service.ReadsKernel: false })
            return null;
        if (facts.Owner is { } owner)
            return Finding.Fine(Name, $"{owner} owns the kernel's audit");
        return Finding.Problem(
            Name, "no daemon owns the kernel's audit", "records go to the kernel's log at best, which forgets them",
            facts.LoadsRulesAtBoot ? "systemctl start auditd" : "akashi setup service");
    }
}
