using Akashi.Cli.Borrowing;
using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.RuleCommands;

/// <summary><c>akashi rules</c>: rules that people can understand, and files loaded whole or not at all.</summary>
/// <remarks>Exit codes: 0; 1 where something is wrong, or differs; 2 usage.</remarks>
static class RulesTool
{
    const string Usage = """
        usage: akashi rules COMMAND [ARGUMENT...]

          load [FILE|DIR...]    make the kernel's rules those of the files, changing only what differs
          diff [FILE|DIR...]    show what load would change; exit code 1 where something would
          list                  show the kernel's rules with what they mean
          check [FILE|DIR...]   find rules that don't do what they seem to
          explain RULE          say in plain words what a rule does
          cost [FILE|DIR...]    listen for a while, and say how many events and MB a day each key makes here;
                                the rules of FILE are tried out meanwhile (--seconds N, --limit EVENTS a second)

        Without FILE or DIR it's /etc/audit/rules.d. Files are read in the order given, those of a directory in that of augenrules.
        As for auditctl, -D in a file takes away what was loaded before; without it, rules are added to those.

        """;

    /// <summary>The row for the registry.</summary>
    public static Tool Tool { get; } = new("rules", "load, compare, check and explain rules, say what they cost", Run) { Manual = RulesManual.Make };

    static int Run(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        using var error = new Utf8Output(invocation.Error);
        IReadOnlyList<string> words = invocation.Arguments;
        if (words.Count > 0 && words.Any(word => word is "-h" or "--help"))
        {
            output.Write(Usage);
            return 0;
        }

        string[] operands = [.. words.Skip(1)];
        if (words is ["cost", ..])
            return Cost(invocation, operands, output, error);
        if (words.Count > 0 && words[0] != "explain" && operands.FirstOrDefault(word => word.StartsWith('-')) is { } option)
            return WrongUsage.Refuse(invocation, $"akashi rules {words[0]}", $"unrecognized option '{option}'");

        var report = new RuleReport(output, error, HostMachine.Of(invocation.Host));
        switch (words.FirstOrDefault())
        {
            case "load":
                return new LoadCommand(invocation.Host, report).Run(operands);
            case "diff":
                return new DiffCommand(invocation.Host, report).Run(operands);
            case "list" when operands.Length == 0:
                return new ListCommand(invocation.Host, report).Run();
            case "check":
                return new CheckCommand(invocation.Host, report).Run(operands);
            // A rule begins with one dash; beside it there are the settings of rule files.
            case "explain" when operands is [['-', '-', ..] word, ..] && SettingMeanings.Find(word.Split('=')[0], null) is null:
                return WrongUsage.Refuse(invocation, "akashi rules explain", $"unrecognized option '{word}'");
            case "explain" when operands.Length > 0:
                return new ExplainCommand(invocation.Host, report).Run(operands);
            case null:
                error.Write(Usage);
                return WrongUsage.ExitCode;
            case "list":
                return WrongUsage.Refuse(invocation, "akashi rules list", $"unexpected word '{operands[0]}': it takes none");
            case "explain":
                return WrongUsage.Refuse(invocation, "akashi rules explain", "no rule is given");
            default:
                return WrongUsage.Refuse(invocation, "akashi rules", $"no command '{words[0]}'", "akashi rules --help lists them");
        }
    }

    static int Cost(Invocation invocation, IReadOnlyList<string> words, Utf8Output output, Utf8Output error)
    {
        var typed = new CostOptions();
        if (typed.Parse(words) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi rules cost", fault);

        return new CostCommand(invocation, new RuleReport(output, error, HostMachine.Of(invocation.Host))).Run(typed, new BorrowingPlace(typed.LockPath));
    }
}
