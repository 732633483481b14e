using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Rules;

/// <summary>The rule files of packaging/rules.d.</summary>
public class PresetTests
{
    static readonly string[] s_trees = ["/etc/pam.d", "/etc/security", "/etc/ssh", "/var/log/audit", "/etc/audit", "/etc/sudoers.d",
        "/usr/local/bin", "/usr/local/lib", "/etc/apt"];

    static string[] Files => [.. Directory.GetFiles(RepositoryFiles.PathOf("packaging", "rules.d"), "*.rules").Order(StringComparer.Ordinal)];

    [Fact]
    public void Nothing_is_found_in_them_one_by_one_or_together()
    {
        Assert.InRange(Files.Length, 12, 40);
        foreach (string file in Files)
            Assert.Empty(Check(file));
        Assert.Empty(Check(Files));
    }

    [Fact]
    public void Every_rule_has_a_reason_above_it()
    {
        foreach (string file in Files)
        {
            string before = "";
            foreach (string line in File.ReadLines(file))
            {
                Assert.False(line.StartsWith('-') && before.Length == 0, $"{file}: {line}");
                Assert.InRange(line.Length, 0, 250);
                before = line;
            }
        }
    }

    static List<string> Check(params string[] files)
    {
        var set = new RuleSet();
        var context = new RuleContext(Machine.X86_64, new ScriptedHost(), KindOf);
        foreach (string file in files)
            set.Add(File.ReadAllBytes(file), Path.GetFileName(file), context);
        RuleSettings.Of(set, set.Diagnostics);
        var check = new RuleCheck(Machine.X86_64, KindOf, _ => null);
        return [.. set.Diagnostics.All.Concat(check.Check(set).All).Select(diagnostic => diagnostic.ToString())];
    }

    static FileKind KindOf(string path) => s_trees.Contains(path) ? FileKind.Directory : FileKind.Regular;
}
