namespace Akashi.Health;

/// <summary>Whether more than one daemon runs.</summary>
static class TwoDaemonsFinding
{
    const string Name = "two-daemons";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Daemons.Count < 2)
            return null;
        uint owner = facts.Status?.Pid ?? 0;
        int[] others = [.. facts.Daemons.Where(pid => pid != owner)];
        string look = $"ps -o pid,ppid,lstart,cmd -p {string.Join(',', facts.Daemons)}";
        return Finding.Warning(
            Name, $"{facts.Daemons.Count} processes are called auditd ({string.Join(", ", facts.Daemons)})",
            "the kernel has one owner: the other writes nothing, or both write into one trail",
            others.Length < facts.Daemons.Count ? $"kill {string.Join(' ', others)} leaves the kernel's owner, {owner}; {look} shows both first" : $"{look} shows them; systemctl restart auditd, then kill those that stay beside it");
    }
}
