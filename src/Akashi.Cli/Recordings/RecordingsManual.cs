using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Recordings;

/// <summary>The manual of <c>akashi recordings</c>.</summary>
static class RecordingsManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]", "COMMAND [ARGUMENT...]"],
        Description = """
            Without a command it lists the sessions that `akashi recorder` recorded: who, from where, when, how long, how large, and how the file looks. Root sees them in
            the directory itself; members of recordings_group (akashi.conf) are told by auditd. Only the first and the last lines of files are read.

            CMDS is how many programs were started in a session's ses while it lasted, the shell and what it starts by itself among them, as far as the audit trail tells:
            a dash stands where no rule records starts of programs, the trail doesn't go back so far, may not be read, or grew by more than 256 MB since.

            States: `live`, `finished`, `cut` (nobody writes it, and its end is missing), `suspect` (not as the recorder makes it; why stands in the last column). A file
            that was altered within looks fine here: `verify` finds that.

            With a command: recordings of `akashi record`, asciinema, script(1) and ttyrec, verified and converted.
            """,
        Options = ListOptions.Table.Descriptions,
        Parts =
        [
            new("verify", "compare recordings with their running hash", new()
            {
                Usage = ["FILE..."],
                Description = """
                    Says of each FILE (- is standard input; a session's name or id will do) whether it is fine, was altered, and between which lines, or lacks its end; of a fine one too how many bytes the
                    recorder couldn't write (gaps), and what it was converted from.

                    It finds what was altered or cut by somebody who didn't make the hashes anew. Against somebody who did, compare the last hash that it prints
                    with one that was kept elsewhere.
                    """,
                Operands = new(ValueKind.File),
                ExitStatus =
                [
                    ("0", "All are fine, and nothing is missing."),
                    ("1", "One isn't fine, has gaps (fine, but bytes were not recorded), or can't be read."),
                    ("2", "An option is wrong."),
                ],
                Section = 1,
            }),
            new("convert", "write a recording in another format", new()
            {
                Usage = ["--to FORMAT [OPTION...] FILE NEW"],
                Description = """
                    Verifies a recording of `akashi record` first and refuses one that was altered or whose end is missing; --force converts it with a warning. A recording that is
                    written `--to akashi` says in its header what it was converted from and what `verify` said of that: its own hashes prove only what happened since.

                    What the new format has no words for is told on standard error. NEW must not exist. A typescript needs its timing file; one that is written writes it too.
                    """,
                Options = ConvertOptions.Table.Descriptions,
                Operands = new(ValueKind.File),
                ExitStatus =
                [
                    ("0", "It was converted."),
                    ("1", "It was refused, can't be read, or was converted with damaged parts passed over."),
                    ("2", "An option is wrong."),
                ],
                Section = 1,
            }),
        ],
        ExitStatus = [("0", "They were listed; all are fine; it was converted."), ("1", "They can't be listed, or not all be searched; one isn't fine; it wasn't converted, or not whole."), ("2", "An option is wrong.")],
        Examples =
        [
            ("akashi recordings --user alice --since yesterday", "Whose sessions?"),
            ("akashi recordings verify session.cast", "Is it as it was recorded?"),
            ("akashi recordings convert --to v2 --timing typescript.time typescript session.cast", "For players of asciicast."),
        ],
        SeeAlso = ["akashi-record(1)", "akashi-replay(1)", "akashi(1)"],
        Section = 1,
    };
}
