using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Start;

/// <summary>The manual of <c>akashi start</c>.</summary>
static class StartManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `akashi start` records what people do on this machine and shows it, in the foreground, with nothing to configure. It loads rules of its own
            (`--print-rules` shows them), keeps the trail, and shows each event as `akashi live` does. When it ends, by Ctrl-C, after `--seconds` or by being
            killed, the kernel's audit is put back as it was: rules, limits, on or off.

            Where another program owns the kernel's audit, nothing is changed and what that program gets is shown. Recording needs root: without, a terminal gets a sample, marked as one before and after, and a pipe gets nothing and exit code 1.
            """,
        Options = StartOptions.Table.Descriptions,
        ExitStatus = [("0", "It was ended."), ("1", "Recording failed, or can't be had."), ("2", "An option is wrong.")],
        Files = [("/var/log/audit/audit.log", "The trail.")],
        Examples =
        [
            ("akashi start", "Record and show until Ctrl-C."),
            ("akashi start --seconds 60 --trail /tmp/trail", "Try it for a minute, with the trail somewhere else."),
            ("akashi start --print-rules", "See what would be recorded; nothing is changed."),
        ],
        SeeAlso = ["akashi-live(1)", "akashi-report(1)", "ausearch(8)", "auditd(8)"],
    };
}
