using Akashi.Cli.CommandLine;

namespace Akashi.Cli.RuleCommands;

/// <summary>The manual of <c>akashi rules</c>.</summary>
static class RulesManual
{
    const string Paths = "[FILE|DIR...]";

    static readonly IReadOnlyList<(string, string)> s_failed = [("0", "Done."), ("1", "Something is wrong; standard error says where."), ("2", "The command line is wrong.")];

    public static Manual Make() => new()
    {
        Usage = ["COMMAND [ARGUMENT...]"],
        Description = """
            `akashi rules` works on whole sets of audit rules. Where auditctl adds and deletes one after the other, this compares what the kernel holds with what
            files say, and changes only what differs, so that nothing goes unrecorded while rules are loaded.

            Without FILE or DIR the files are those of /etc/audit/rules.d. Files are read in the order given, those of a directory in the order in which augenrules
            takes them. A `-D` in a file takes away what was loaded before, as it does for auditctl; without it, the rules are added to those.
            """,
        Parts =
        [
            Part("load", "make the kernel's rules those of the files, changing only what differs", Paths, """
                Everything is read before anything is changed. Where rules are loaded already, an error in a file changes nothing, and where the kernel refuses a rule,
                what was there is put back; but a rule whose directory isn't there is left out, and the others are loaded. Where none are loaded, every good rule is: some
                auditing is better than none. After an error rules are never locked (`-e 2`).
                """, s_failed, new(ValueKind.File)),
            Part("diff", "show what load would change", Paths, """
                A line begins with + for a rule that would be added, - for one that would be removed, ~ for one that would be put in anew because of the order. Nothing is changed.
                """, [("0", "Nothing would change."), ("1", "Something would."), ("2", "The rules can't be read or compared.")], new(ValueKind.File)),
            Part("list", "show the kernel's rules with what they mean", "", """
                Rules stand in the order in which the kernel looks at them, list by list, each with a sentence that says what it records.
                """, s_failed, default),
            Part("check", "find rules that don't do what they seem to", Paths, """
                Finds rules that another one hides, that catch nothing, that name a path that isn't there, that lack the machine's other system calls, and whatever else
                is allowed but seldom meant. The kernel isn't asked, and no right is needed.
                """, [("0", "Nothing was found, notes aside."), ("1", "Something was."), ("2", "The command line is wrong.")], new(ValueKind.File)),
            Part("explain", "say in plain words what a rule does", "RULE", """
                RULE is a line as a rule file has it, in quotes, or the words that one would give auditctl. The kernel isn't asked.
                """, s_failed, default),
            Part("cost", "say what rules cost on this machine", "[--seconds N] [--limit EVENTS] [FILE|DIR...]", """
                Listens for a while (60 s) and says how many events and MB a day each key makes at that pace, the most first. The rules of FILE are tried out meanwhile behind
                the loaded ones, each under a key of its own; processes don't wait for the backlog. They are taken away at the end, when they make over EVENTS (1000) a
                second, and by a watcher where the command is killed. Where nobody owns the kernel's audit, it is switched on meanwhile. It needs root.
                """, [("0", "Measured."), ("1", "The candidates were too many events, or one isn't a rule that the kernel takes."), ("2", "The command line is wrong.")], new(ValueKind.File),
                CostOptions.Table.Descriptions),
        ],
        ExitStatus = [("0", "Done; for diff: the same."), ("1", "Something is wrong; for diff: different."), ("2", "The command line is wrong; for diff: trouble.")],
        Files = [("/etc/audit/rules.d", "The rules of this machine.")],
        Examples =
        [
            ("akashi rules check", "Look for mistakes before loading."),
            ("akashi rules diff && echo same", "Does the kernel hold what the files say?"),
            ("akashi rules load", "Make it so."),
            ("akashi rules explain '-w /etc/passwd -p wa -k identity'", "What does this line mean?"),
        ],
        SeeAlso = ["auditctl(8)", "augenrules(8)", "akashi(1)"],
    };

    static ManualPart Part(string name, string summary, string usage, string description, IReadOnlyList<(string, string)> exitStatus, OptionValues operands, IReadOnlyList<IOptionRow>? options = null) =>
        new(name, summary, new Manual { Usage = [usage], Description = description, Options = options ?? [], ExitStatus = exitStatus, Operands = operands });
}
