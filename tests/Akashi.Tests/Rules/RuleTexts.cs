using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Rules;

/// <summary>Rules from text on an x86_64 machine whose directories are all called /dir….</summary>
static class RuleTexts
{
    public static RuleContext Context { get; } = new(Machine.X86_64, new ScriptedHost(),
        path => path.StartsWith("/dir", StringComparison.Ordinal) ? FileKind.Directory : FileKind.Regular);

    /// <summary>A rule that has to be one.</summary>
    public static Rule Parse(string text)
    {
        var diagnostics = new DiagnosticBag();
        RuleChange? change = TryParse(text, diagnostics);
        Assert.True(change is not null, $"{text}: {string.Join("; ", diagnostics.All)}");
        return change.Rule;
    }

    /// <summary>The first error of a text that is no rule; null where it is one.</summary>
    public static string? ErrorOf(string text)
    {
        var diagnostics = new DiagnosticBag();
        TryParse(text, diagnostics);
        return diagnostics.All.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error)?.Text;
    }

    static RuleChange? TryParse(string text, DiagnosticBag diagnostics) => RuleParser.Parse(text, Context, diagnostics);
}
