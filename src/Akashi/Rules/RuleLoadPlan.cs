namespace Akashi.Rules;

/// <summary>What a step of a plan asks of the kernel.</summary>
public enum RuleLoadVerb
{
    /// <summary>Adds a rule that isn't there.</summary>
    Add,

    /// <summary>Removes a rule and adds it again, because of its order.</summary>
    PutAnew,

    /// <summary>Removes a rule that is to be there no more.</summary>
    Remove,
}

/// <summary>A step of a plan.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Rule">The rule.</param>
/// <param name="IsPrepended">Whether it's put before the others of its list rather than after them.</param>
public readonly record struct RuleLoadStep(RuleLoadVerb Verb, HeldRule Rule, bool IsPrepended);

/// <summary>The fewest steps from the rules that the kernel holds to those that it is to hold.</summary>
/// <remarks>
/// The kernel adds a rule at the front of its list or at the end, nowhere else. A rule of both sets stays loaded unless its order against
/// another matters and can't be had otherwise; then the fewest are removed and added anew. Additions come before removals: at no
/// time is less recorded than both sets record, but for the moment in which a rule is put anew.
/// </remarks>
public sealed class RuleLoadPlan
{
    readonly List<RuleLoadStep> _steps = [];

    RuleLoadPlan() { }

    /// <summary>The steps, in the order to take them.</summary>
    public IReadOnlyList<RuleLoadStep> Steps => _steps;

    /// <summary>How many rules stay as they are.</summary>
    public int UnchangedCount { get; private set; }

    /// <summary>Plans.</summary>
    /// <param name="held">The rules that the kernel holds, in its order.</param>
    /// <param name="target">The rules that it is to hold; no rule twice.</param>
    /// <param name="isOrderSensitive">Whether the order of two rules of one list matters; <see cref="RuleOverlap.IsOrderSensitive"/>, or
    /// always true to get the very order.</param>
    public static RuleLoadPlan Of(
        IReadOnlyList<HeldRule> held, IReadOnlyList<HeldRule> target, Func<Rule, Rule, bool> isOrderSensitive)
    {
        var plan = new RuleLoadPlan();
        var removals = new List<RuleLoadStep>();
        foreach (FilterList list in held.Concat(target).Select(rule => rule.List).Distinct())
        {
            HeldRule[] before = [.. held.Where(rule => rule.List == list)];
            HeldRule[] after = [.. target.Where(rule => rule.List == list)];
            plan.AddList(before, after, isOrderSensitive);
            var wanted = after.ToHashSet();
            removals.AddRange(before.Where(rule => !wanted.Contains(rule)).Select(rule => new RuleLoadStep(RuleLoadVerb.Remove, rule, false)));
        }
        plan._steps.AddRange(removals);
        return plan;
    }

    void AddList(HeldRule[] before, HeldRule[] after, Func<Rule, Rule, bool> isOrderSensitive)
    {
        var positions = new Dictionary<HeldRule, int>();
        for (int index = 0; index < before.Length; index++)
            positions.TryAdd(before[index], index);
        int[] heldAt = [.. after.Select(rule => positions.GetValueOrDefault(rule, -1))];
        RulePlace[] places = RulePlacement.Find(heldAt, (one, other) => isOrderSensitive(after[one].Rule, after[other].Rule));

        UnchangedCount += places.Count(place => place == RulePlace.Stays);
        for (int index = after.Length - 1; index >= 0; index--)
        {
            if (places[index] == RulePlace.Front)
                _steps.Add(new RuleLoadStep(VerbFor(heldAt[index]), after[index], IsPrepended: true));
        }
        for (int index = 0; index < after.Length; index++)
        {
            if (places[index] == RulePlace.End)
                _steps.Add(new RuleLoadStep(VerbFor(heldAt[index]), after[index], IsPrepended: false));
        }
    }

    static RuleLoadVerb VerbFor(int heldAt) => heldAt < 0 ? RuleLoadVerb.Add : RuleLoadVerb.PutAnew;
}
