using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Auditd;

/// <summary>The manual of auditd.</summary>
static class AuditdManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `auditd` takes the records that the kernel's audit makes and writes them to the trail, by default /var/log/audit/audit.log. It changes logs when one
            is full, does what auditd.conf asks for when the disk runs out of space, and hands every record to the plugins of plugins.d.

            It loads no rules: `augenrules --load` and `auditctl` do. Only one program can own the kernel's audit; a second one is refused.

            Signals: TERM ends it, HUP makes it read auditd.conf anew, USR1 changes the log at once, USR2 lets a suspended one write again, CONT writes its
            state to a file. `auditctl --signal` sends them.
            """,
        Options = AuditdOptions.Table.Descriptions,
        ExitStatus =
        [
            ("0", "It was stopped as intended, or went to the background."),
            ("1", "It could not begin or go on."),
            ("2", "An option is wrong."),
            ("4", "The right to own the kernel's audit is missing: root has it."),
            ("6", "auditd.conf has an error; standard error says in which line."),
        ],
        Files =
        [
            ("/etc/audit/auditd.conf", "The configuration."),
            ("/etc/audit/plugins.d", "One file a plugin."),
            ("/var/log/audit/audit.log", "The trail."),
        ],
        Examples =
        [
            ("auditd -n", "Stay in the foreground, for a supervisor such as systemd."),
            ("auditd -f -s nochange", "Print the records to the terminal, and leave it as it is whether the kernel's audit is on."),
            ("auditctl --signal rotate", "Begin a new log."),
        ],
        SeeAlso = ["auditd.conf(5)", "akashi.conf(5)", "auditctl(8)", "augenrules(8)", "ausearch(8)", "aureport(8)"],
    };
}
