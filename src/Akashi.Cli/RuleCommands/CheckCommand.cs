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
        var check = new RuleCheck(HostMachine.Of(host), host.Files.KindOf, FindLinkTarget);
        Diagnostic[] all = [.. set.Diagnostics.All.Where(diagnostic => diagnostic.Number != (int)RuleMessage.WatchIsSlow).Concat(check.Check(set).All)];
        List<string> files = [.. set.Files];
        foreach (Diagnostic diagnostic in all.OrderBy(diagnostic => files.IndexOf(diagnostic.File ?? "")).ThenBy(diagnostic => diagnostic.Line))
            report.Say(diagnostic);

        string rules = Count(set.Lines.Count(line => line.Change is not null), "rule");
        int errors = CountOf(all, Severity.Error), warnings = CountOf(all, Severity.Warning), notes = CountOf(all, Severity.Note);
        report.Print(all.Length == 0
            ? $"{rules}, nothing found"
            : $"{Count(errors, "error")}, {Count(warnings, "warning")}{(notes > 0 ? ", " + Count(notes, "note") : "")} in {rules}");
        return errors + warnings > 0 ? 1 : 0;
    }

    static int CountOf(Diagnostic[] all, Severity severity) => all.Count(diagnostic => diagnostic.Severity == severity);

    static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";

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
