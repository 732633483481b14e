namespace Akashi.Health;

/// <summary>What the kernel is told at boot: audit=1, audit_backlog_limit.</summary>
static class BootLineFinding
{
    const string Name = "boot-line";

    public static Finding? Of(HealthFacts facts)
    {
        string[] words = facts.BootLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? audit = words.LastOrDefault(word => word.StartsWith("audit=", StringComparison.Ordinal));
        if (audit is "audit=0" or "audit=off")
            return Finding.Problem(Name, $"the kernel was booted with {audit}", "nothing can be recorded until it is booted without", "edit GRUB_CMDLINE_LINUX in /etc/default/grub; update-grub; boot");
        if (audit is null)
            return Finding.Warning(Name, "the kernel was booted without audit=1", "processes that began before the daemon have no audit context: what they do escapes until they end", "add audit=1 audit_backlog_limit=8192 to GRUB_CMDLINE_LINUX in /etc/default/grub; update-grub; boot");
        return words.Any(word => word.StartsWith("audit_backlog_limit=", StringComparison.Ordinal))
            ? Finding.Fine(Name, "the kernel is told at boot to audit, with room for what comes before the daemon")
            : Finding.Note(Name, "the kernel was booted without audit_backlog_limit", "64 records have room until the rules are loaded", "add audit_backlog_limit=8192 to GRUB_CMDLINE_LINUX in /etc/default/grub; update-grub");
    }
}
