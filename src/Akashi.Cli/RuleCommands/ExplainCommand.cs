using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.RuleCommands;

/// <summary><c>akashi rules explain</c>: what a rule does, in plain words. No kernel is asked.</summary>
sealed class ExplainCommand(IHost host, RuleReport report)
{
    const int LineCharacters = 100;

    /// <summary>Explains.</summary>
    /// <param name="words">The rule: one word as a rule file has the line, or the words one would give auditctl.</param>
    public int Run(IReadOnlyList<string> words)
    {
        if (words is [var path] && path.Length > 0 && path[0] != '-' && host.Files.KindOf(path) != FileKind.Missing)
        {
            report.Fail($"{path} is no rule but a {(host.Files.KindOf(path) == FileKind.Directory ? "directory" : "file")}", $"akashi rules check {path} looks at the rules in it; akashi rules list explains the loaded ones");
            return 1;
        }

        if (words is [var word] && word.TrimStart() is not ['-', ..])
        {
            report.Fail($"'{word}' is neither a rule nor a file", "a rule is a line of a rule file, as -w /etc/passwd -p wa; akashi rules list explains the loaded ones");
            return 1;
        }

        string[] parts = words is [var line] ? line.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [.. words];
        if (parts.Length > 0 && SettingMeanings.Find(parts[0], parts.ElementAtOrDefault(1)) is { } meaning)
        {
            report.Print($"a setting, not a rule: {meaning}");
            return 0;
        }

        var diagnostics = new DiagnosticBag();
        var context = new RuleContext(HostMachine.Of(host), host.Accounts, host.Files.KindOf);
        RuleChange? change = words.Count == 1
            ? RuleParser.Parse(words[0], context, diagnostics)
            : ParseWords(words, context, diagnostics);
        report.Say(diagnostics);
        if (change is null)
            return 1;

        var explanation = new RuleExplanation(HostMachine.Of(host), host.Accounts);
        report.Print((change.IsDeletion ? "deletes the rule that " : "") + explanation.Explain(change.Rule));
        report.Print($"list: {RuleExplanation.Describe(change.Rule.List)}");
        PrintSyscalls(change.Rule, explanation);
        return 0;
    }

    static RuleChange? ParseWords(IReadOnlyList<string> words, RuleContext context, DiagnosticBag diagnostics)
    {
        if (RuleWords.TryCut(words, out List<RuleOption> options, out RuleMessage message, out string value))
            return RuleParser.Parse(options, context, diagnostics);
        diagnostics.Add(new Diagnostic((int)message, Severity.Error, $"{value} isn't an option, or lacks its value"));
        return null;
    }

    void PrintSyscalls(Rule rule, RuleExplanation explanation)
    {
        if (rule.List is not (FilterList.Exit or FilterList.IoUring))
            return;
        if (rule.Syscalls.IsAll)
        {
            report.Print("system calls: all of them");
            return;
        }

        string line = "system calls:";
        foreach (string name in explanation.SyscallsOf(rule))
        {
            if (line.Length + name.Length >= LineCharacters)
            {
                report.Print(line);
                line = "             ";
            }
            line += " " + name;
        }
        report.Print(line);
    }
}
