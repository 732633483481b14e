using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Trace;

/// <summary>The manual of <c>akashi trace</c>.</summary>
static class TraceManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...] PROGRAM [ARGUMENT...]"],
        Description = """
            `akashi trace` runs a program and, when it has ended, shows on standard error what it and its children did, one line a system call, from the kernel's audit.
            Children of its children are not seen, as with autrace. Rules that are loaded stay, and come after those for the program.

            Where nobody owns the kernel's audit, it is switched on for as long as the program runs, and its records are kept only with `--save`. Where somebody owns
            it, the records come into that one's trail too. Everything is put back when the program ends, and by a watcher where this command is killed. It needs root.
            """,
        Options = TraceOptions.Table.Descriptions,
        ExitStatus = [("N", "The program's own."), ("2", "The command line is wrong; or the program's own."), ("125", "It can't be traced, and wasn't run."), ("126", "It can't be run."), ("127", "There is no such program.")],
        Examples =
        [
            ("akashi trace -r ls /root", "Which files does it look at?"),
            ("akashi trace -r --save records ls && ausearch -i -if records", "Keep the records."),
        ],
        SeeAlso = ["autrace(8)", "ausearch(8)", "akashi(1)"],
    };
}
