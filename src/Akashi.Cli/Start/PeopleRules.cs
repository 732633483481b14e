using System.Text;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;

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

    /// <summary>The rules for this machine, each with its line.</summary>
    /// <remarks>Left out are those of the other width where the machine has none, and those of directories that aren't there: the kernel can't watch them.</remarks>
    /// <exception cref="AuditException">The machine isn't known, or a rule isn't one: then the program is at fault.</exception>
    public static IReadOnlyList<(string Line, byte[] Rule)> Compile(IHost host, uint features)
    {
        if (!Machines.TryFromName(Encoding.ASCII.GetBytes(host.Machine), out Machine machine))
            throw new AuditException($"no rules for the machine {host.Machine}");
        var context = new RuleContext(machine, host.Accounts, host.Files.KindOf) { Features = features };
        bool hasTwin = machine.TryGetTwin(out _);
        var rules = new List<(string, byte[])>();
        foreach (RuleFileLine line in RuleFile.Read(Text(), ResourceName, new DiagnosticBag()))
        {
            if ((!hasTwin && line.Text.Contains("arch=b32", StringComparison.Ordinal)) || !HasDirectory(line.Text, host.Files))
                continue;
            var diagnostics = new DiagnosticBag();
            RuleChange change = RuleParser.Parse(line.Options ?? [], context, diagnostics)
                ?? throw new AuditException($"{ResourceName}:{line.Number}: {string.Join("; ", diagnostics.All.Select(found => found.Text))}");
            rules.Add((line.Text, RuleEncoder.Encode(change.Rule)));
        }

        return rules;
    }

    static bool HasDirectory(string line, IFiles files)
    {
        const string Word = "dir=";
        int start = line.IndexOf(Word, StringComparison.Ordinal);
        return start < 0 || files.KindOf(line[(start + Word.Length)..].Split(' ')[0]) == FileKind.Directory;
    }
}
