using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;
using System.Text;

namespace Akashi.Cli.Start;

/// <summary>The rules that <c>akashi start</c> loads: people.rules, which comes inside the program.</summary>
static class PeopleRules
{
    const string ResourceName = "people.rules";

    /// <summary>The file as it is.</summary>
    public static byte[] Text()
    {
        using Stream stream = typeof(PeopleRules).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"the program was built without {ResourceName}");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The rules of a file, or the program's own, for this machine, each with its line.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="features">What the kernel offers, AUDIT_FEATURE_BITMAP_*.</param>
    /// <param name="path">A rule file; null for the program's own.</param>
    /// <param name="leftOut">Gets why a rule is left out, once for each reason; null where nobody asks.</param>
    /// <remarks>Left out are those of the other width where the machine has none, and those of directories that aren't there: the kernel can't watch them.</remarks>
    /// <exception cref="AuditException">The machine isn't known, the file can't be read, or a line is no rule that adds.</exception>
    public static IReadOnlyList<(string Line, byte[] Rule)> Compile(IHost host, uint features, string? path, ISet<string>? leftOut = null)
    {
        string name = path ?? ResourceName;
        byte[] text = path is null ? Text() : Read(path);
        if (!Machines.TryFromName(Encoding.ASCII.GetBytes(host.Machine), out Machine machine))
            throw new AuditException($"no rules for the machine {host.Machine}");
        var context = new RuleContext(machine, host.Accounts, host.Files.KindOf) { Features = features };
        bool hasTwin = machine.TryGetTwin(out _);
        var rules = new List<(string, byte[])>();
        var faults = new DiagnosticBag();
        foreach (RuleFileLine line in RuleFile.Read(text, name, faults))
        {
            if (WhyLeftOut(line.Text, hasTwin, host.Files) is { } why)
            {
                leftOut?.Add(why);
                continue;
            }

            RuleChange? change = line.Options is null ? null : RuleParser.Parse(line.Options, context, faults);
            if (change is null || change.IsDeletion)
                throw new AuditException($"{name}:{line.Number}: {faults.All.LastOrDefault()?.Text ?? "not a rule to add"}");
            rules.Add((line.Text, RuleEncoder.Encode(change.Rule)));
        }

        return rules;
    }

    static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot read {path}: {FileFault.Describe(exception)}", exception);
        }
    }

    static string? WhyLeftOut(string line, bool hasTwin, IFiles files)
    {
        const string Word = "dir=";
        if (!hasTwin && line.Contains("arch=b32", StringComparison.Ordinal))
            return "this machine runs no 32-bit programs";
        int start = line.IndexOf(Word, StringComparison.Ordinal);
        string directory = start < 0 ? "" : line[(start + Word.Length)..].Split(' ')[0];
        return start < 0 || files.KindOf(directory) == FileKind.Directory ? null : $"there is no directory {directory}";
    }
}
