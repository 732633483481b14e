using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Scriptlive;

/// <summary>The manual of scriptlive.</summary>
static class ScriptliveManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]", "[-t] TIMING [-I|-B] LOG [DIVISOR]"],
        Description = """
            `scriptlive` starts a shell, or a command, on a terminal of its own and types into it what `script` recorded with -I or -B, in the rhythm it
            had. What is typed meanwhile goes there, too.

            The commands are run again: look at them first, with `scriptreplay -x in`.
            """,
        Options = LiveRequest.Table.Descriptions,
        Operands = new(ValueKind.File),
        ExitStatus = [("0", "The session has ended, however it did."), ("1", "A file can't be read, a line of the timing file is wrong, or an option is.")],
        Examples = [("scriptlive -T work.time -I work.in", "Type again what was typed.")],
        SeeAlso = ["script(1)", "scriptreplay(1)"],
        Section = 1,
    };
}
