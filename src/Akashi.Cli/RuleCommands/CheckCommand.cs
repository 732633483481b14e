using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.RuleCommands;

/// <summary><c>akashi rules check</c>: rules that don't do what they seem to. No kernel is asked.</summary>
sealed class CheckCommand(IHost host, RuleReport report)
{
    /// <summary>Checks.</summary>
    /// <returns>1 where something is wrong, notes aside.</returns>
    public int Run(IReadOnlyList<string> paths)
    {
        RuleSet set = new RuleSources(host).Read(paths);
        report.Say(set.Diagnostics);
        return report.ErrorCount > 0 ? 1 : 0;
    }
}
