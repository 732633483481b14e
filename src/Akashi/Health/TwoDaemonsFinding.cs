namespace Akashi.Health;

/// <summary>Whether more than one daemon runs.</summary>
static class TwoDaemonsFinding
{
    const string Name = "two-daemons";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Daemons.Count < 2)
            return null;
        return Finding.Warning(
            Name, $"{facts.Daemons.Count} processes are called auditd ({string.Join(", ", facts.Daemons)})",
            "the kernel has one owner: the other writes nothing, or both write into one trail", $"ps -o pid,ppid,lstart,cmd -p {string.Join(',', facts.Daemons)}");
    }
}
