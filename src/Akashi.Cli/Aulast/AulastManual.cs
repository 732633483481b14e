using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Aulast;

/// <summary>The manual of aulast.</summary>
static class AulastManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `aulast` lists login sessions as last(1) does: user, terminal, host, when it began, when it ended and how long it was. It makes them out of the trail
            alone, where LOGIN, USER_LOGIN, USER_START and USER_END records tell of them, and so it can say for each which events prove it. Boots and shutdowns
            are listed too; a session without an end that a boot follows ended by a crash or with the machine.
            """,
        Options = AulastRequest.Table.Descriptions,
        ExitStatus = [("0", "The list was printed."), ("1", "An option is wrong, or a log can't be read.")],
        Files = [("/var/log/audit/audit.log", "The trail."), ("aulast.log", "Where --extract puts the records that were used, in the working directory.")],
        Examples =
        [
            ("aulast --user alice", "One person's sessions."),
            ("aulast --bad", "Logins that failed."),
            ("aulast --proof --tty pts0", "Sessions on a terminal, each with the events behind it and the command that finds what was done in it."),
        ],
        SeeAlso = ["aulastlog(8)", "ausearch(8)", "last(1)"],
    };
}
