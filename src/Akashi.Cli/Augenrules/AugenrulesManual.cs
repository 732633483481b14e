using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Augenrules;

/// <summary>The manual of augenrules.</summary>
static class AugenrulesManual
{
    public static Manual Make() => new()
    {
        Usage = ["[--check|--load]"],
        Description = """
            `augenrules` puts the files /etc/audit/rules.d/*.rules together, in the order of their names (10-base before 30-stig), into /etc/audit/audit.rules.
            Comments and empty lines are left out, `-D` is put first, and of the settings `-b`, `-f` and `-e` the last of each goes where it belongs: `-e 2`, which
            locks the rules until the next boot, at the end. Without an option the file is made, and nothing is loaded.

            A file that belongs to a stranger, or that everybody may write to, is refused: its owner could change what is audited.
            """,
        Options =
        [
            Row("--check", "say whether audit.rules differs from what it would be made to; change nothing"),
            Row("--load", "make audit.rules anew if that is needed, and load it into the kernel, as auditctl -R does"),
        ],
        ExitStatus =
        [
            ("0", "Done; or nothing had changed."),
            ("1", "An option is wrong, rules.d is missing, a file is refused, or audit.rules can't be written. With --load also the codes of auditctl -R."),
        ],
        Files =
        [
            ("/etc/audit/rules.d/*.rules", "What is put together."),
            ("/etc/audit/audit.rules", "What comes of it."),
        ],
        Examples =
        [
            ("augenrules --check", "Have the files changed since they were last put together?"),
            ("augenrules --load", "Put them together and load them."),
        ],
        SeeAlso = ["auditctl(8)", "akashi-rules(8)"],
    };

    static IOptionRow Row(string name, string help) => new Option<AugenrulesTool>(null, name, null, "What is done", help, (_, _) => null);
}
