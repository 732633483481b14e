using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Aulastlog;

/// <summary>The manual of aulastlog.</summary>
static class AulastlogManual
{
    public static Manual Make(IReadOnlyList<IOptionRow> options) => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `aulastlog` prints a line for every account of the machine: where and when its last login was, as the trail tells it. An account that never
            logged in, or only before the oldest log, says so. Unlike lastlog(8) it doesn't depend on a file that programs keep for themselves.
            """,
        Options = options,
        ExitStatus = [("0", "The list was printed."), ("1", "An option is wrong, a user is unknown, or a log can't be read.")],
        Files = [("/var/log/audit/audit.log", "The trail."), ("/etc/passwd", "The accounts.")],
        Examples =
        [
            ("aulastlog --user alice", "When alice was last here."),
            ("ausearch -m USER_LOGIN --raw -if old.log | aulastlog --stdin", "The same out of a log that was put away."),
        ],
        SeeAlso = ["aulast(8)", "ausearch(8)", "lastlog(8)"],
    };
}
