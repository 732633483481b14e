using Akashi.Diagnostics;
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
        RuleSettings.Of(set, set.Diagnostics);
        report.Say(set.Diagnostics);
        var check = new RuleCheck(HostMachine.Of(host), host.Files.KindOf, FindLinkTarget);
        DiagnosticBag found = check.Check(set);
        report.Say(found);
        bool hasWarnings = found.All.Any(diagnostic => diagnostic.Severity != Severity.Note);
        int ruleCount = set.Lines.Count(line => line.Change is not null);
        if (!hasWarnings && report.ErrorCount == 0)
            report.Print($"{ruleCount} rules, nothing found");
        return hasWarnings || report.ErrorCount > 0 ? 1 : 0;
    }

    static string? FindLinkTarget(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
