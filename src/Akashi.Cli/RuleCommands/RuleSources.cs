using Akashi.Cli.Augenrules;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.RuleCommands;

/// <summary>The rule files that a command names: files, and directories whose <c>*.rules</c> are read in the order of augenrules.</summary>
/// <param name="host">The machine.</param>
sealed class RuleSources(IHost host)
{
    /// <summary>What is read where none is named.</summary>
    public const string DefaultDirectory = "/etc/audit/rules.d";

    const int Unreadable = 301;

    readonly RulesDirectory _directory = new(host);

    /// <summary>Reads them all; what can't be read is a diagnostic of the set.</summary>
    /// <param name="paths">Files and directories; empty for <see cref="DefaultDirectory"/>.</param>
    /// <param name="features">AUDIT_FEATURE_BITMAP_* of the kernel that they're for; all of them to read them for any.</param>
    public RuleSet Read(IReadOnlyList<string> paths, uint features = uint.MaxValue)
    {
        var set = new RuleSet();
        RuleContext context = ContextFor(features);
        foreach (string path in paths.Count == 0 ? [DefaultDirectory] : paths)
            Try(set, path, () => AddPath(set, path, context));
        return set;
    }

    /// <summary>What the names in rules are looked up in.</summary>
    public RuleContext ContextFor(uint features = uint.MaxValue) =>
        new(HostMachine.Of(host), host.Accounts, host.Files.KindOf) { Features = features };

    void AddPath(RuleSet set, string path, RuleContext context)
    {
        int firstLineIndex = set.Lines.Count;
        bool isDirectory = host.Files.KindOf(path) == FileKind.Directory;
        foreach (string file in isDirectory ? _directory.Find(path) : [path])
            Try(set, file, () => set.Add(_directory.Read(file), file, context));
        if (isDirectory)
            set.PutDeletionFirst(firstLineIndex);
    }

    static void Try(RuleSet set, string path, Action read)
    {
        try
        {
            read();
        }
        catch (AuditException exception)
        {
            // Said once: most messages name the file.
            bool isNamed = exception.Message.Contains(path, StringComparison.Ordinal);
            set.Diagnostics.Add(new Diagnostic(Unreadable, Severity.Error, exception.Message) { File = isNamed ? null : path });
        }
    }
}
