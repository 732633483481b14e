using Akashi.Setup;

namespace Akashi.Health;

/// <summary>Whether the journal switches the kernel's audit off when it starts.</summary>
static class JournalSwitchFinding
{
    const string Name = "journal-switch";

    public static Finding? Of(HealthFacts facts) => facts.JournalSwitchesOff
        ? Finding.Warning(Name, "systemd-journald switches the kernel's audit off whenever it starts (Audit=no)",
            "between its start and auditd's nothing is recorded while the machine boots; an upgrade that restarts it ends all recording",
            $"mkdir -p {Path.GetDirectoryName(JournalAudit.DropInPath)} && printf '[Journal]\\nAudit=\\n' >{JournalAudit.DropInPath}")
        : null;
}
