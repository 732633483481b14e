using System.Text;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Rules;

/// <summary>Rule files that somebody else wrote: whatever they hold, they are read, and every line that is no rule is told.</summary>
public class HostileRuleFileTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_changes_of_good_files_are_read_checked_and_planned()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[] clean = File.ReadAllBytes(RepositoryFiles.PathOf("testdata", "rules", "clean.rules"));
        var rules = new RandomRules(random);
        for (int round = 0; round < Seeded.Times(400); round++)
        {
            byte[] bytes = [.. clean, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5).Select(_ => rules.Next() + "\n")))];
            for (int change = random.Next(30); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(4) == 0 ? random.Next(256) : " \n-=!<>,&\\\"'0aSFk"[random.Next(17)]);

            RuleSet set = Read(bytes);
            new RuleCheck(Machine.X86_64, KindOf, _ => null).Check(set);
            RuleTarget target = RuleTarget.Of([], set, new DiagnosticBag());
            RuleLoadPlan plan = RuleLoadPlan.Of(target.Rules, [.. target.Rules.Reverse()], RuleOverlap.IsOrderSensitive);

            Assert.DoesNotContain(plan.Steps, step => step.Verb != RuleLoadVerb.PutAnew);
            Assert.Equal(target.Rules.Count, target.Rules.Distinct().Count());
            foreach (HeldRule rule in target.Rules)
            {
                new RuleExplanation(Machine.X86_64, new ScriptedHost()).Explain(rule.Rule);
                Assert.Equal(rule, HeldRule.OfKernel(rule.Bytes, out _));
            }
        }
    }

    [Fact]
    public void Lines_of_a_megabyte_with_nuls_or_no_text_are_refused_each_with_its_place()
    {
        byte[] bytes =
        [
            .. "-w /a\n-k "u8, .. new byte[1 << 20].Select(_ => (byte)'x'), .. "\n-w /b\0c\n-w /"u8, 0xFF, .. "\n"u8,
            .. Encoding.ASCII.GetBytes("-a " + new string('"', 5000) + "\n"), .. "-w /d"u8,
        ];

        RuleSet set = Read(bytes);

        Assert.Equal(["-w /a", "-w /d"], set.Lines.Select(line => line.Text));
        Assert.Equal([2, 3, 4, 5], set.Diagnostics.All.Where(diagnostic => diagnostic.Severity == Severity.Error).Select(diagnostic => diagnostic.Line));
    }

    static RuleSet Read(byte[] bytes)
    {
        var set = new RuleSet();
        set.Add(bytes, "f", new RuleContext(Machine.X86_64, new ScriptedHost(), KindOf));
        RuleSettings.Of(set, set.Diagnostics);
        return set;
    }

    static FileKind KindOf(string path) => path.EndsWith('d') ? FileKind.Directory : FileKind.Regular;
}
