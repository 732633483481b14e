namespace Akashi.Health;

/// <summary>Whether bursts find room.</summary>
static class BacklogFinding
{
    const string Name = "backlog";

    public static Finding? Of(HealthFacts facts)
    {
        const uint Least = 1024;
        if (facts.Status is not { } status)
            return null;
        if (status.BacklogLimit != 0 && status.BacklogLimit < Least)
            return Finding.Warning(Name, $"the kernel keeps at most {status.BacklogLimit} records for the daemon", "a burst (a package upgrade, a login of many) makes programs wait, or loses records", MendFor(facts, Least));
        if (status.BacklogLimit != 0 && status.Backlog > status.BacklogLimit / 2)
            return Finding.Warning(Name, $"{status.Backlog} of {status.BacklogLimit} records wait to be taken", "the daemon doesn't keep up; programs wait for it", "akashi rules check; a larger backlog only delays it");
        return Finding.Fine(Name, status.BacklogLimit == 0 ? "the backlog has no limit" : $"the backlog has room for {status.BacklogLimit} records");
    }

    static string MendFor(HealthFacts facts, uint least)
    {
        const string Now = "auditctl -b 8192";
        if (facts.BacklogInFiles is 0 || facts.BacklogInFiles >= least)
            return $"akashi rules load: the rule files have -b {facts.BacklogInFiles}, which isn't in force yet";
        return facts.IsMerged is null ? $"{Now}; akashi setup service puts it into a rule file"
            : facts.BacklogInFiles is { } files ? $"{Now}, and in /etc/audit/rules.d the same in place of -b {files}"
            : $"{Now}; echo '-b 8192' >>/etc/audit/rules.d/10-base.rules keeps it";
    }
}
