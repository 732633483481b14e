using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Recorder;

/// <summary>The manual of <c>akashi record</c>.</summary>
static class RecordManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...] [FILE] [-- COMMAND [ARGUMENT...]]"],
        Description = """
            `akashi record` starts a shell, or a command, on a terminal of its own and writes down all it shows into one file: an asciicast (version 3) that
            `akashi replay` and every player of asciicasts shows. The file is only ever added to (`chattr +a` is fine), keeps bytes that are no UTF-8, sizes, the exit
            status, and what couldn't be written with its length; a running hash makes alteration and a missing end visible to `akashi recordings verify`. Without
            FILE it is akashi-DATE-TIME.cast in the working directory. New files are for their owner alone.

            What is shown is in the file within 200 ms, so that much is lost where `akashi record` is killed. While the file can't be written (a full disk) the session goes on,
            which is said; one megabyte waits, and what comes beyond is counted and becomes a gap in the recording;
            at the end standard error says how many bytes are missing.

            Its user owns the file and may remake it with all its hashes: keep the last hash, which is printed at the end, elsewhere if that matters.

            SECRETS: what is typed isn't recorded unless --input is given. Then it isn't stored while the terminal asks for a line without echo, as sudo, su, passwd,
            ssh, `read -s`, getpass(3) and psql do. In raw mode (shells, editors, and what runs in another terminal: ssh to elsewhere, tmux) keys are
            stored only where the screen shows that very character, or answers a key that is none, within 300 ms. These gaps remain: what is typed before a program turns echo off is echoed, and so recorded
            like anything shown; a secret that a program shows is recorded; so is a character of a password that the screen happens to show at that very place, as a star
            in one that is masked by stars. Under --input keys that a program takes as commands without showing them are withheld, too (dd in vim, the blank in less), and pastes
            of several lines and what is typed ahead.

            SIGTERM, SIGHUP, SIGINT and SIGQUIT end the session, SIGUSR1 writes what waits.
            """,
        Options = RecordOptions.Table.Descriptions,
        Operands = new(ValueKind.File),
        ExitStatus =
        [
            ("0", "The session was recorded; with --return, it returned 0."),
            ("1", "It can't be recorded, or its end couldn't be written."),
            ("2", "An option is wrong."),
            ("126, 127", "The command can't be run; it isn't found."),
            ("N", "With --return: what the session returned, 128 and the signal's number where one ended it. Where a signal ended akashi record: 128 and its number."),
        ],
        Examples =
        [
            ("akashi record work.cast", "Record a shell; exit ends it. akashi replay work.cast shows it."),
            ("akashi record -e build.cast -- make install", "Record a command and return what it returns."),
            ("akashi record --append work.cast", "Add another session."),
            ("akashi recordings verify work.cast", "Is it as it was recorded, and whole?"),
        ],
        SeeAlso = ["akashi-replay(1)", "akashi-recordings(1)", "script(1)", "akashi(1)"],
        Section = 1,
    };
}
