using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Rules;

// Paths that aren't there, lead elsewhere, or cost.
public sealed partial class RuleCheck
{
    // Trees in which programs read files all the time.
    static readonly string[] s_busyTrees = ["/", "/usr", "/lib", "/lib64", "/etc", "/var", "/home", "/proc", "/sys", "/dev", "/tmp", "/run", "/usr/lib"];

    // auditctl -R ends there.
    const string NotInstalled = "take the line out where it isn't installed; a line -c before it has auditctl -R load the rules behind it";

    void CheckPaths(HeldRule held)
    {
        foreach (RuleCondition condition in held.Rule.Conditions)
        {
            if (condition.Field is not (RuleField.Watch or RuleField.Dir or RuleField.Exe) || condition.Operator != RuleOperator.Equal)
                continue;
            string path = Encoding.UTF8.GetString(condition.Text.Span);
            if (condition.Field == RuleField.Dir)
                CheckTree(held, path);
            else
                CheckFile(held, path, isProgram: condition.Field == RuleField.Exe);
        }
        CheckCost(held);
    }

    // The kernel watches the inode that the name itself has: a link's is touched by nothing but the link's removal.
    void CheckFile(HeldRule held, string path, bool isProgram)
    {
        if (linkTargetOf(path) is { } target)
            Warn(RuleFinding.SymbolicLink, held, $"never matches: {path} is a symbolic link, and the kernel sees the file that it leads to", $"write {target}");
        else if (kindOf(path) != FileKind.Missing)
            return;
        else if (kindOf(Path.GetDirectoryName(path) ?? "/") == FileKind.Missing)
            Warn(RuleFinding.PathMissing, held, $"{path} isn't there, nor its directory: the kernel refuses the rule", NotInstalled, Diagnostics.Severity.Error);
        else
            Warn(RuleFinding.PathMissing, held, $"{path} isn't there: {(isProgram ? "no such program runs" : "nothing is recorded until it's made")}",
                severity: IsHarmlessMissing(held.Rule) ? Diagnostics.Severity.Note : Diagnostics.Severity.Warning);
    }

    // A program that isn't installed can't run, and what isn't there needs no exception.
    static bool IsHarmlessMissing(Rule rule) => rule.Action == RuleAction.Never
        || rule.Conditions.Any(condition => condition is { Field: RuleField.Perm, Value: (uint)Permissions.Execute });

    void CheckTree(HeldRule held, string path)
    {
        if (kindOf(path) == FileKind.Missing)
            Warn(RuleFinding.PathMissing, held, $"{path} isn't there: the kernel refuses the rule", NotInstalled, Diagnostics.Severity.Error);
        RuleCondition permission = held.Rule.Conditions.FirstOrDefault(condition => condition.Field == RuleField.Perm);
        bool isReading = permission.Value == 0 || ((Permissions)permission.Value).HasFlag(Permissions.Read);
        bool isNarrowed = held.Rule.Conditions.Any(condition => condition.Field is
            RuleField.Loginuid or RuleField.Uid or RuleField.Euid or RuleField.Exe or RuleField.Success or RuleField.Exit or RuleField.FieldCompare);
        if (isReading && !isNarrowed && held.Rule.Action == RuleAction.Always && s_busyTrees.Contains(path))
            Warn(RuleFinding.Costly, held, $"records every reading in {path}, which programs do all the time", "use -F perm=wa, or name who is meant by auid");
    }

    // perm fills the mask with the few system calls that matter only where arch is there; else the rule is looked at for each.
    void CheckCost(HeldRule held)
    {
        Rule rule = held.Rule;
        bool isFile = rule.Conditions.Any(condition => condition.Field is RuleField.Watch or RuleField.Dir);
        if (rule.List != FilterList.Exit || !isFile || !rule.Syscalls.IsAll || MachineOf(rule) is not null)
            return;
        string wide = string.Join(" ", rule.Conditions.Where(condition => condition.Field != RuleField.Filterkey).Select(condition => "-F " + Text(condition)));
        string keys = rule.Key.IsEmpty ? "" : string.Concat(KeyOf(rule).Split(',').Select(key => " -F key=" + key));
        string action = rule.Action == RuleAction.Always ? "always" : "never";
        Warn(RuleFinding.Costly, held, "is looked at for every system call of every process",
            $"write -a {action},exit -F arch=b64 {wide}{keys}, and the same with b32");
    }
}
