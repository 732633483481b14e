using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Autrace;

/// <summary>The manual of autrace.</summary>
static class AutraceManual
{
    public static Manual Make() => new()
    {
        Usage = ["[-r] PROGRAM [ARGUMENT...]"],
        Description = """
            `autrace` runs a program with rules that record every system call it and its children make, takes the rules away when it ends, and says how to find
            the records. The program's path must be given in full: PATH isn't searched.

            It refuses to run while rules are loaded, because those would mix their events with the program's. Every system call means many records: a
            program that runs for long fills the trail.
            """,
        Options = [new Option<object>("-r", null, null, "What is recorded", "record what says which files, hosts and programs are used, and leave out the rest", (_, _) => null)],
        Operands = new(ValueKind.Program),
        ExitStatus =
        [
            ("0", "The program ran, whatever it returned."),
            ("1", "It can't be run, rules are loaded, or the kernel's audit is disabled."),
            ("4", "The right to change rules is missing: root has it."),
        ],
        Examples =
        [
            ("autrace /bin/ls /tmp", "Record every system call of a program."),
            ("autrace -r /usr/bin/curl https://example.org", "Which files and hosts does it use?"),
        ],
        SeeAlso = ["ausearch(8)", "auditctl(8)", "strace(1)"],
    };
}
