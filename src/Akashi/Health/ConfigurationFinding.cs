using Akashi.Diagnostics;

namespace Akashi.Health;

/// <summary>Whether auditd.conf can be used.</summary>
static class ConfigurationFinding
{
    const string Name = "settings";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.ConfigurationFaults.Any(fault => fault.Text.EndsWith("no such file", StringComparison.Ordinal)))
            return Finding.Problem(Name, "there is no auditd.conf", "the daemon doesn't start without", "akashi setup service");
        if (facts.ConfigurationFaults.FirstOrDefault(fault => fault.Severity == Severity.Error) is { } error)
            return Finding.Problem(Name, $"auditd.conf can't be used: {error}", "the daemon doesn't start with it; one that runs keeps the old one", "auditd -n says all faults");
        if (facts.Configuration is { WritesLogs: false })
            return Finding.Problem(Name, "write_logs = no: nothing is written to disk", "what plugins don't keep is gone", "set write_logs = yes; systemctl reload auditd");
        if (facts.Configuration is { HasLocalEvents: false })
            return Finding.Warning(Name, "local_events = no: this machine isn't recorded", "only records of others would be", "set local_events = yes; systemctl reload auditd");
        return Finding.Fine(Name, "auditd.conf is sound");
    }
}
