using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Ausearch;

/// <summary>The manual of ausearch.</summary>
static class AusearchManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `ausearch` looks through the trail, the logs that auditd wrote, and prints the events that were asked for. An event is all the records
            that the kernel made of one action: a system call, the paths it touched, the directory it was called from, the command line.
            Records of one event have the same time and serial number, as in `audit(1626611363.720:348501)`.

            Every option names a condition, and an event must meet all of them. Several `-m` make one condition, as do several `-n`: any of the types, any of
            the nodes. An event meets a condition when one of its records does. With no condition at all, such as with `-i` alone, every event is printed.

            Where standard input is a pipe, events are read from it; `--input-logs` reads the logs all the same, which a script run by cron wants.
            Otherwise it's the file or directory of `-if`, else the logs that auditd.conf names, from the oldest to the newest.

            Texts such as those of `-f`, `-x` and `-k` are found anywhere in the value, unless `-w` asks for the whole value.
            """,
        Options = AusearchOptions.Table.Descriptions,
        ExitStatus =
        [
            ("0", "Something was found."),
            ("1", "Nothing was found, an option is wrong, or a log can't be read."),
            ("10", "The file of --checkpoint can't be used."),
            ("11", "The checkpoint can't be saved."),
            ("12", "The event that the checkpoint names is gone."),
        ],
        Files =
        [
            ("/var/log/audit/audit.log", "The newest log; audit.log.1 and so on are older ones."),
            ("/etc/audit/auditd.conf", "Says where the logs are, and how long an event stays open (end_of_event_timeout)."),
        ],
        Examples =
        [
            ("ausearch -i -k identity -ts today", "What a rule with the key identity caught today, in words."),
            ("ausearch -m USER_LOGIN -sv no -ts this-week", "Logins that failed this week."),
            ("ausearch -ul alice -x sudo --format text", "What alice did with sudo, in sentences; also after she became another user."),
            ("ausearch -f /etc/shadow -ts 11/20/2026 08:00:00 -te 11/20/2026 18:00:00", "Who touched a file within ten hours. Dates are written as the locale writes them."),
            ("ausearch -a 348501 -i", "One event, by the serial in its records."),
            ("ausearch -k exec --raw | aureport -x --summary", "Events handed to another tool."),
        ],
        SeeAlso = ["aureport(8)", "auditctl(8)", "auditd(8)", "ausyscall(8)", "akashi(1)"],
    };
}
