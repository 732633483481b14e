using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>The loaded rules at one look: how many of each key, and who is watched.</summary>
public sealed class RuleSummary
{
    /// <summary>How many rules.</summary>
    public int Count { get; private init; }

    /// <summary>Bytes that are no rule this program knows.</summary>
    public int UnknownCount { get; private init; }

    /// <summary>Rules by key, in the order of their first rule; a rule without a key counts under "".</summary>
    public IReadOnlyList<(string Key, int Count)> Keys { get; private init; } = [];

    /// <summary>Whose acts the rules record, each once, in the order of the rules: <c>auid>=1000</c>; <c>everybody</c> where a rule asks for nobody in particular.</summary>
    public IReadOnlyList<string> Watched { get; private init; } = [];

    /// <summary>Sums up the rules as the kernel lists them.</summary>
    /// <param name="rules">Each a struct audit_rule_data.</param>
    /// <param name="accounts">Names of users and groups.</param>
    public static RuleSummary Of(IEnumerable<byte[]> rules, IAccounts accounts)
    {
        var words = new ConditionWords(accounts);
        var keys = new List<(string Key, int Count)>();
        var watched = new List<string>();
        int count = 0;
        int unknown = 0;
        foreach (byte[] bytes in rules)
        {
            count++;
            if (HeldRule.OfKernel(bytes, out _) is not { } held)
            {
                unknown++;
                continue;
            }

            CountKey(keys, Encoding.UTF8.GetString(held.Rule.Key.Span).Replace((char)Rule.KeySeparator, '+'));
            if (held.Rule is { Action: RuleAction.Always, List: FilterList.Exit or FilterList.Task or FilterList.IoUring or FilterList.Filesystem })
                Note(watched, WhoOf(held.Rule, words));
        }

        return new RuleSummary { Count = count, UnknownCount = unknown, Keys = keys, Watched = watched };
    }

    static void CountKey(List<(string Key, int Count)> keys, string key)
    {
        int index = keys.FindIndex(found => found.Key == key);
        if (index < 0)
            keys.Add((key, 1));
        else
            keys[index] = (key, keys[index].Count + 1);
    }

    static void Note(List<string> watched, string who)
    {
        if (!watched.Contains(who))
            watched.Add(who);
    }

    static string WhoOf(Rule rule, ConditionWords words)
    {
        string who = string.Join(" and ", rule.Conditions.Where(IsAboutPeople).Select(words.Of));
        return who.Length > 0 ? who : "everybody";
    }

    static bool IsAboutPeople(RuleCondition condition) => condition.Field is
        RuleField.Loginuid or RuleField.Uid or RuleField.Euid or RuleField.Suid or RuleField.Fsuid
        or RuleField.Gid or RuleField.Egid or RuleField.Sgid or RuleField.Fsgid or RuleField.Sessionid;
}
