using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Aureport;

/// <summary>The manual of aureport.</summary>
static class AureportManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `aureport` counts and lists what the trail holds. Without a report it prints one number for each kind of thing: logins, failed logins,
            authentications, commands, files and so on. With a report it prints a numbered line an event; each line ends with the event's serial, for
            `ausearch -a`. With `--summary` it prints how often each value occurred, the most frequent first.

            One report can be asked for at a time. Where standard input is a pipe, events are read from it, so that the output of `ausearch --raw` can be
            reported on; `--input-logs` reads the logs all the same.
            """,
        Options = [.. AureportOptions.Table.Rows.Select(Describe)],
        ExitStatus =
        [
            ("0", "The report or summary was printed."),
            ("1", "A report has no event, an option is wrong, or a log can't be read."),
        ],
        Files =
        [
            ("/var/log/audit/audit.log", "The newest log; audit.log.1 and so on are older ones."),
            ("/etc/audit/auditd.conf", "Says where the logs are."),
        ],
        Examples =
        [
            ("aureport -ts this-week", "How much of everything there was this week."),
            ("aureport --login --failed -i", "Logins that failed, with names for numbers."),
            ("aureport -x --summary", "The programs in the trail, the most frequent first."),
            ("aureport -k --summary -ts today", "How often each rule's key was hit today."),
            ("ausearch -ul alice --raw | aureport -f -i", "The files that one person's events name."),
        ],
        SeeAlso = ["ausearch(8)", "auditd(8)", "akashi-report(1)", "akashi(1)"],
    };

    // The usage is the original's to the byte, in the fewest words; here is what they mean.
    static IOptionRow Describe(Option<AureportRequest> row) => row with { Help = TextOf(row.Long!), Value = NameOf(row.Value), Category = CategoryOf(row) };

    static string CategoryOf(Option<AureportRequest> row) => row.Long is "--add" or "--delete" ? "Choosing" : row.Category;

    static string? NameOf(string? value) => value switch
    {
        null => null,
        "secs" => "SECONDS",
        "option" => "MODE",
        "<Input File name>" => "PATH",
        "<node name>" => "NAME",
        _ => "TIME",
    };

    static string TextOf(string name) => name switch
    {
        "--avc" => "decisions of SELinux, AppArmor and Smack: who wanted what of what",
        "--auth" => "attempts to authenticate: account, host, terminal, program, whether it succeeded",
        "--comm" => "commands, by the short name that the kernel keeps of each process",
        "--config" => "changes of the audit system's own configuration",
        "--crypto" => "what cryptographic sessions and keys did, as sshd and others say",
        "--event" => "every event: its type, login user and outcome",
        "--file" => "files, with the system call and the program that touched them",
        "--host" => "hosts that events came from",
        "--integrity" => "what the integrity measurement (IMA, EVM) found",
        "--key" => "keys of the rules that caught an event",
        "--login" => "logins and attempts at them",
        "--mods" => "changes of accounts and groups",
        "--mac" => "changes of the mandatory access control's own state",
        "--anomaly" => "what looked wrong to the kernel or to a detector: crashes, promiscuous network cards",
        "--pid" => "processes, with their programs and system calls",
        "--response" => "what was done against an anomaly",
        "--syscall" => "system calls, with process, command and login user",
        "--log" => "when each log begins and ends",
        "--terminal" => "terminals",
        "--tty" => "keys that were typed, where pam_tty_audit records them",
        "--user" => "users",
        "--virt" => "virtual machines and containers",
        "--executable" => "programs, by their files",
        "--debug" => "show lines that are no records on standard error",
        "--eoe-timeout" => "how long an event stays open for further records",
        "--escape" => "how unusual bytes are printed: raw, tty (default), shell, shell_quote",
        "--failed" => "failed events alone",
        "--success" => "events that succeeded alone",
        "--help" => "print the usage",
        "--interpret" => "words for numbers: names of users, system calls, addresses",
        "--input" => "read this log, or the logs of this directory",
        "--input-logs" => "read the logs, even where standard input is a pipe",
        "--no-config" => "leave out CONFIG_CHANGE events",
        "--node" => "events of this node alone; may be given again for another",
        "--summary" => "how often each value occurs, instead of a line an event",
        "--start" => "from then on: a date, a time or both as the locale writes them, or now, recent, this-hour, boot, today, yesterday, this-week, week-ago, this-month, this-year",
        "--end" => "until then, in the same forms",
        "--version" => "print the version",
        "--add" => "with --mods: what was added alone",
        "--delete" => "with --mods: what was removed alone",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "an option of aureport without a line for the manual"),
    };
}
