using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Status;

/// <summary>The manual of <c>akashi status</c>.</summary>
static class StatusManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            Tells at one look whether this machine is recorded, since when and by whom, how much comes, how long the disk lasts, which rules are loaded, who is watched,
            and what was lost. It changes nothing. Wrong is, among others: writing that is suspended, a disk that refuses or lasts for fewer than seven days, no
            rules, a backlog that is nearly full, and what was lost in the last 24 hours; each reason stands under the headline.

            Root sees everything, and so do the members of `log_group` of auditd.conf, or of `control_group` of akashi.conf, where auditd of Akashi or `akashi start` records.
            Where another auditd records, its process, the kernel's status, the rules and the growth of its trail are shown, and that the rest isn't known.
            """,
        Options = StatusOptions.Table.Descriptions,
        ExitStatus =
        [
            ("0", "Recording, and nothing is wrong; or --watch was ended."),
            ("1", "Recording, but something is wrong."),
            ("2", "The command line is wrong."),
            ("3", "Not recording."),
            ("4", "It can't be found out: ask as root, or as a member of the group that may."),
        ],
        Files =
        [
            ("/run/akashi/control", "The socket at which what records answers."),
            ("/etc/audit/auditd.conf", "Where the trail is, where nothing answers."),
        ],
        Examples =
        [
            ("akashi status", "Is this machine recorded?"),
            ("akashi status --watch", "Look again each second, until Ctrl-C."),
            ("akashi status --json", "The same for programs: one object."),
        ],
        SeeAlso = ["akashi-doctor(8)", "akashi-live(1)", "auditd(8)", "akashi.conf(5)", "akashi(1)"],
        Section = 1,
    };
}
