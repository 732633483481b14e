using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Auditctl;

/// <summary>The manual of auditctl.</summary>
static class AuditctlManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `auditctl` tells the kernel what to record, and shows what it was told. What it sets is gone after the next boot; rules that are to stay go into
            files below /etc/audit/rules.d, which `augenrules --load` puts together and loads.

            A rule has a list, an action, conditions and a key. On the list `exit` it's looked at when a system call ends; on `user` for messages of programs;
            on `exclude` for records about to be written; on `filesystem` for whole file systems; on `task` when a process is made; on `io_uring` for
            operations submitted there. The action is `always` (record) or `never` (don't). The first rule of a list that matches decides, so that exceptions
            go before what they are an exception of.

            Conditions are joined by "and": all of a rule's `-F` and `-C` must hold, and the system call must be one of its `-S`. A rule for system calls should
            name the machine first (`-F arch=b64`): the same number is another call for programs of 32 bits.

            A watch (`-w`) is a short form: `-w PATH -p wa -k KEY` is the rule `-a always,exit -F path=PATH -F perm=wa -F key=KEY`, with `dir` for a directory.
            """,
        Options = AuditctlOptions.Table.Descriptions,
        ExitStatus =
        [
            ("0", "Everything was done."),
            ("1", "A rule file had an error, or the audit system is locked or disabled."),
            ("4", "The right to change the kernel's audit is missing: root has it."),
            ("255", "An option is wrong, or the kernel refused."),
        ],
        Files =
        [
            ("/etc/audit/audit.rules", "The rules that are loaded at boot; made by augenrules."),
            ("/etc/audit/rules.d", "The files it is made of."),
        ],
        Examples =
        [
            ("auditctl -w /etc/passwd -p wa -k identity", "Record whatever writes to a file or changes its attributes."),
            ("auditctl -a always,exit -F arch=b64 -S execve,execveat -F auid>=1000 -F auid!=unset -k commands", "Record the programs that people run, whoever they became after login."),
            ("auditctl -a never,exit -F exe=/usr/sbin/chronyd -F arch=b64 -S adjtimex -k time", "Leave out a program that does all day what others shouldn't."),
            ("auditctl -a always,exit -F arch=b64 -S open,openat -F exit=-EACCES -k denied", "Record files that could not be opened for want of a right."),
            ("auditctl -l -k identity", "List the rules of a key."),
            ("auditctl -s", "Show the status: on or off, who records, how many records wait and were lost."),
        ],
        SeeAlso = ["augenrules(8)", "ausearch(8)", "ausyscall(8)", "auditd(8)", "akashi-rules(8)"],
    };
}
