using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Script;

/// <summary>The manual of script.</summary>
static class ScriptManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...] [FILE] [-- COMMAND [ARGUMENT...]]"],
        Description = """
            `script` starts a shell, or a command, on a terminal of its own and writes down what that terminal shows, and with -I or -B what is typed. With a
            timing file beside it, `scriptreplay` shows the session again at its own pace.

            Its user owns the files and may change them: this is a record, no evidence. What is typed is recorded even where the screen doesn't show it:
            passwords, too.

            A command may also follow `--`, its words joined by blanks; `script -- WORD` without a log's name still means the file WORD.

            With -a the timing file grows with the logs, and files that take only additions (`chattr +a`) are fine. What is recorded reaches the files within
            200 ms, with -f at once.
            """,
        Options = ScriptRequest.Table.Descriptions,
        Operands = new(ValueKind.File),
        ExitStatus =
        [
            ("0", "The session was recorded; with -e, it returned 0."),
            ("1", "A file or a terminal is not to be had, or an option is wrong."),
            ("N", "With -e: what the session returned; 128 and the signal's number where one ended it."),
        ],
        Files = [("typescript", "What is shown, where no file is named.")],
        Examples =
        [
            ("script -q -T work.time -O work.log", "Record a shell; scriptreplay -T work.time -O work.log shows it."),
            ("script -c 'make install' -e install.log", "Record a command and return what it returns."),
        ],
        SeeAlso = ["scriptreplay(1)", "scriptlive(1)"],
        Section = 1,
    };
}
