using System.Text;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Setup;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Setup;

/// <summary>The rule files that setups write are rules, and <c>akashi rules check</c> finds nothing in them.</summary>
public class SetupRulesTests
{
    static readonly UserAccount[] s_users = [new("shota", 1000), new("root", 0), new("host$", 4294967294)];

    static readonly WatchedPath[] s_paths = [new("/etc/passwd", false), new("/etc/security", true)];

    public static TheoryData<string, int> Files => new()
    {
        { CommandRules.Write(s_users, Machine.X86_64), 6 },
        { CommandRules.Write(s_users, Machine.Ppc64Le), 3 },
        { FileRules.Add(null, s_paths, "rwxa", "files", Machine.X86_64), 4 },
        { SoftwareRules.Write([new FoundManager(["/usr/bin/dnf", "/usr/bin/yum"], "/usr/bin/dnf-3")], s_paths, Machine.X86_64), 6 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void They_are_read_without_a_finding(string text, int rules)
    {
        Machine machine = rules == 3 ? Machine.Ppc64Le : Machine.X86_64;
        var set = new RuleSet();
        set.Add(Encoding.UTF8.GetBytes(text), "made", new RuleContext(machine, new ScriptedHost(), KindOf));
        RuleSettings.Of(set, set.Diagnostics);
        var check = new RuleCheck(machine, KindOf, _ => null);

        Assert.Empty(set.Diagnostics.All.Concat(check.Check(set).All));
        Assert.Equal(rules, set.Lines.Count(line => line.Change is not null));
    }

    // A rule on a path can be refused; who records people names none.
    [Theory]
    [MemberData(nameof(Files))]
    public void Files_that_name_paths_go_on_behind_a_rule_that_is_refused(string text, int rules) =>
        Assert.Equal(rules > 0 && text.Contains("path=", StringComparison.Ordinal), text.Split('\n').TakeWhile(line => !line.StartsWith("-a", StringComparison.Ordinal)).Contains("-c"));

    [Fact]
    public void Paths_are_added_once()
    {
        string once = FileRules.Add(null, s_paths, "wa", "files", Machine.X86_64);

        Assert.Equal(once, FileRules.Add(once, s_paths, "wa", "files", Machine.X86_64));
        Assert.StartsWith(once, FileRules.Add(once, s_paths, "r", "files", Machine.X86_64));
        Assert.StartsWith(once, FileRules.Add(once.TrimEnd('\n'), [new("/srv", true)], "wa", "files", Machine.X86_64));
    }

    static FileKind KindOf(string path) => path == "/etc/security" ? FileKind.Directory : FileKind.Regular;
}
