using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Live;

/// <summary>The manual of <c>akashi live</c>.</summary>
static class LiveManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `akashi live` shows what happens on this machine as it happens, a line for each thing somebody did: when, who, from where, and what. It changes
            nothing and records nothing. Secrets in command lines are masked: passwords, tokens, keys.

            It follows the trail. Where another program records and its trail can't be read, it listens to the kernel's multicast group; where nobody records
            on this machine, it says so, and shows a sample on a terminal; with `--raw` or through a pipe it ends with 1. Ctrl-C ends it.
            """,
        Options = LiveOptions.Table.Descriptions,
        ExitStatus = [("0", "It was ended."), ("1", "What was asked for can't be had."), ("2", "An option is wrong.")],
        Files = [("/var/log/audit/audit.log", "The trail."), ("/etc/audit/auditd.conf", "Says where else it is.")],
        Examples =
        [
            ("akashi live --since 10m", "The last ten minutes, and then what comes."),
            ("akashi live --trail /var/log/audit/audit.log.1 --since start --seconds 1", "A log that was put away, from its beginning."),
            ("akashi live --sample", "See what it looks like, without a trail or a right."),
        ],
        SeeAlso = ["akashi-start(8)", "ausearch(8)", "akashi(1)"],
        Section = 1,
    };
}
