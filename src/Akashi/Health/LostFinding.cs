namespace Akashi.Health;

/// <summary>Whether the kernel dropped records.</summary>
static class LostFinding
{
    const string Name = "lost";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Status is not { } status)
            return null;
        if (status.Lost == 0)
            return Finding.Fine(Name, "the kernel dropped no record");
        string mend = status.RateLimit > 0 ? "auditctl -r 0" : $"auditctl -b {Math.Max(8192, status.BacklogLimit * 2)}";
        string cause = status.RateLimit > 0 ? $"the rate limit of {status.RateLimit} a second may be why" : "the backlog was full, or nobody took them: a daemon that isn't there, or is too slow";
        return Finding.Warning(Name, $"the kernel dropped {status.Lost} {(status.Lost == 1 ? "record" : "records")} since boot, or since the count was reset", cause, $"{mend}; then auditctl --reset-lost and look again");
    }
}
