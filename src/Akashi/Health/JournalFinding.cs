namespace Akashi.Health;

/// <summary>Whether the journal keeps every record a second time.</summary>
static class JournalFinding
{
    const string Name = "journal";

    public static Finding? Of(HealthFacts facts)
    {
        if (!facts.JournalTakesRecords)
            return null;
        return Finding.Note(Name, "systemd-journald takes every record too", "they are kept twice, and the journal may forward them to syslog a third time", "systemctl mask --now systemd-journald-audit.socket");
    }
}
