using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>Says in plain words what a rule does.</summary>
/// <param name="machine">The machine whose system calls a rule without arch is shown by.</param>
/// <param name="accounts">Names of users and groups.</param>
public sealed class RuleExplanation(Machine machine, IAccounts accounts)
{
    const int NamesMax = 12;

    readonly ConditionWords _words = new(accounts);

    /// <summary>What a list is for.</summary>
    public static string Describe(FilterList list) => list switch
    {
        FilterList.Exit => "system calls and files (exit)",
        FilterList.Task => "processes being made (task)",
        FilterList.User => "messages of programs (user)",
        FilterList.Exclude => "records that are dropped (exclude)",
        FilterList.Filesystem => "whole file systems (filesystem)",
        FilterList.IoUring => "operations of io_uring (io_uring)",
        _ => $"list {(uint)list}",
    };

    /// <summary>The rule in one sentence.</summary>
    public string Explain(Rule rule)
    {
        string key = Keys(rule);
        string conditions = string.Join(", and ", rule.Conditions
            .Where(condition => condition.Field is not (RuleField.Filterkey or RuleField.Arch or RuleField.Perm or RuleField.Watch or RuleField.Dir))
            .Select(_words.Of));
        string text = Opening(rule) + (conditions.Length > 0 ? " where " + conditions : "");
        return key.Length > 0 ? $"{text}; {key}" : text;
    }

    /// <summary>The names of a rule's system calls, or operations; numbers where they have none.</summary>
    public IReadOnlyList<string> SyscallsOf(Rule rule)
    {
        NameTable names = Syscalls.ForMachine(MachineOf(rule));
        var found = new List<string>();
        for (int number = 0; number <= SyscallMask.NumberMax && !rule.Syscalls.IsAll; number++)
        {
            if (rule.Syscalls.Contains(number))
                found.Add(names.TryGetName(number, out ReadOnlySpan<byte> name) ? Encoding.UTF8.GetString(name) : number.ToString(CultureInfo.InvariantCulture));
        }
        return found;
    }

    string Opening(Rule rule)
    {
        string verb = rule.Action == RuleAction.Always ? "records" : "never records";
        return rule.List switch
        {
            FilterList.Task => rule.Action == RuleAction.Always
                ? "records system calls of new processes as later rules say"
                : "records nothing of the system calls of new processes",
            FilterList.User => $"{(rule.Action == RuleAction.Always ? "takes" : "drops")} messages that programs send",
            FilterList.Exclude => "drops records",
            FilterList.Filesystem => $"{verb} the paths of events",
            FilterList.IoUring => $"{verb} {Calls(rule, "operations of io_uring")}",
            _ => $"{verb} {Deed(rule)}{Width(rule)}",
        };
    }

    string Deed(Rule rule)
    {
        string place = string.Join(" and ", rule.Conditions.Where(condition => condition.Field is RuleField.Watch or RuleField.Dir).Select(_words.Of));
        RuleCondition permission = rule.Conditions.FirstOrDefault(condition => condition.Field == RuleField.Perm);
        string calls = permission.Value == 0 ? Calls(rule, "system calls") : ConditionWords.Accesses((Permissions)permission.Value);
        string on = place.Length == 0 ? permission.Value == 0 ? "" : " of any file" : $" of {place}";
        return permission.Value == 0 && rule.Syscalls.IsAll && place.Length > 0 ? $"every access{on}" : calls + on;
    }

    string Calls(Rule rule, string kind)
    {
        if (rule.Syscalls.IsAll)
            return $"all {kind}";
        IReadOnlyList<string> names = SyscallsOf(rule);
        string more = names.Count > NamesMax ? $" and {names.Count - NamesMax} more" : "";
        return string.Join(", ", names.Take(NamesMax)) + more;
    }

    static string Width(Rule rule)
    {
        foreach (RuleCondition condition in rule.Conditions)
        {
            if (condition.Field == RuleField.Arch)
                return $" by {(Machines.Is64BitElf(condition.Value) == (condition.Operator == RuleOperator.Equal) ? "64" : "32")} bit programs";
        }
        return "";
    }

    Machine MachineOf(Rule rule)
    {
        if (rule.List == FilterList.IoUring)
            return Machine.IoUring;
        foreach (RuleCondition condition in rule.Conditions)
        {
            if (condition is { Field: RuleField.Arch, Operator: RuleOperator.Equal } && Machines.TryFromElf(condition.Value, out Machine found))
                return found;
        }
        return machine;
    }

    static string Keys(Rule rule)
    {
        if (rule.Key.IsEmpty)
            return "";
        string[] keys = Encoding.UTF8.GetString(rule.Key.Span).Split((char)Rule.KeySeparator);
        return (keys.Length == 1 ? "key " : "keys ") + string.Join(", ", keys);
    }
}
