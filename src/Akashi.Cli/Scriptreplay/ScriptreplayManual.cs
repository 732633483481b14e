using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Scriptreplay;

/// <summary>The manual of scriptreplay.</summary>
static class ScriptreplayManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]", "[-t] TIMING [TYPESCRIPT] [DIVISOR]"],
        Description = """
            `scriptreplay` shows a session that `script` recorded with a timing file, at the pace it had. On a terminal, space pauses and goes on, up and
            down change the speed by a tenth, right goes to the next piece at once.

            The terminal gets the recorded bytes as they are: replay nothing on a terminal you care for that you don't trust.
            """,
        Options = ReplayRequest.Table.Descriptions,
        Operands = new(ValueKind.File),
        ExitStatus = [("0", "It was shown, as far as the files go."), ("1", "A file can't be read, a line of the timing file is wrong, or an option is.")],
        Files = [("typescript", "What was shown, where no log is named.")],
        Examples =
        [
            ("scriptreplay -T work.time -O work.log -m 2", "Show a session; no wait is longer than two seconds."),
            ("scriptreplay -T work.time -B work.log -x in", "What was typed, alone."),
        ],
        SeeAlso = ["script(1)", "scriptlive(1)"],
        Section = 1,
    };
}
