using Akashi.Cli.Borrowing;
using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.RuleCommands;

/// <summary><c>akashi rules</c>: rules that people can understand, and files loaded whole or not at all.</summary>
/// <remarks>Exit codes: 0; 1 where something is wrong, or differs; 2 usage.</remarks>
static class RulesTool
{
    /// <summary>The row for the registry.</summary>
    public static Tool Tool { get; } = new("rules", "load, compare, check and explain rules, say what they cost", Run) { Manual = RulesManual.Make };

    static int Run(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        using var error = new Utf8Output(invocation.Error);
        IReadOnlyList<string> words = invocation.Arguments;
        if (words.Any(word => word is "-h" or "--help"))
            return CommandHelp.Print(invocation, "rules");

        string[] operands = [.. words.Skip(1)];
        if (words is ["cost", ..])
            return Cost(invocation, operands, output, error);
        if (words is ["load" or "diff" or "list" or "check", ..] && operands.FirstOrDefault(word => word.StartsWith('-')) is { } option)
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
            case "list":
                return WrongUsage.Refuse(invocation, "akashi rules list", $"unexpected word '{operands[0]}': it takes none");
            case "explain":
                return WrongUsage.Refuse(invocation, "akashi rules explain", "no rule is given");
            default:
                return WrongUsage.RefuseCommand(invocation, "akashi rules", words.FirstOrDefault(), RulesManual.Make());
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
