using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.RuleCommands;

/// <summary><c>akashi rules list</c>: the kernel's rules in its order, each with what it means.</summary>
sealed class ListCommand(IHost host, RuleReport report)
{
    /// <summary>Lists.</summary>
    public int Run()
    {
        using IAuditKernel kernel = host.OpenAuditKernel();
        IReadOnlyList<HeldRule> rules = new KernelRules(kernel, report).List();
        var explanation = new RuleExplanation(HostMachine.Of(host), host.Accounts);
        FilterList? list = null;
        int number = 0;
        foreach (HeldRule rule in rules)
        {
            if (list is not null && rule.List != list)
                report.Print("");
            if (rule.List != list)
                report.Print($"{RuleExplanation.Describe(rule.List)}:");
            list = rule.List;
            report.Print($"{++number,4}  {explanation.Explain(rule.Rule)}");
            report.Print($"      {report.TextOf(rule)}");
        }
        if (rules.Count == 0)
            report.Print("no rules are loaded");
        return 0;
    }
}
