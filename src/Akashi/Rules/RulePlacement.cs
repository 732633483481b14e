namespace Akashi.Rules;

/// <summary>Where a rule gets to.</summary>
enum RulePlace
{
    /// <summary>Added before the others.</summary>
    Front,

    /// <summary>Left where it is.</summary>
    Stays,

    /// <summary>Added after the others.</summary>
    End,
}

/// <summary>Chooses which rules of a list stay, and which are added at the front or at the end.</summary>
/// <remarks>
/// A place for each rule, Front before Stays before End, such that of two whose order matters the earlier one's place isn't the later. Leaving
/// as many as can be is a minimum cut: each rule is two bits, "not at the front" and "at the end"; a rule that could stay costs 1 where the first is
/// off or the second on; both bits follow along every pair whose order matters; of a rule that can't stay the two are equal. First, rules that the kernel
/// holds in another order go: all but a longest rising run of the positions they're held at, and those that are in nobody's way.
/// </remarks>
static class RulePlacement
{
    /// <summary>Finds the places.</summary>
    /// <param name="heldAt">For each wanted rule where it's held now; -1 where it isn't.</param>
    /// <param name="isOrderSensitive">Whether the order of two rules, given by their indexes, matters.</param>
    public static RulePlace[] Find(int[] heldAt, Func<int, int, bool> isOrderSensitive)
    {
        bool[] canStay = FindRising(heldAt);
        for (int index = 0; index < heldAt.Length; index++)
        {
            if (heldAt[index] >= 0 && !canStay[index])
                canStay[index] = IsInNobodysWay(index, heldAt, canStay, isOrderSensitive);
        }

        int lastStaying = Array.LastIndexOf(canStay, true);
        bool areOthersAfter = !canStay.AsSpan(0, lastStaying + 1).Contains(false);
        return areOthersAfter
            ? [.. canStay.Select(stays => stays ? RulePlace.Stays : RulePlace.End)]
            : new PlacementCut(canStay, isOrderSensitive).Solve();
    }

    // A longest rising subsequence, by the smallest last position of each length.
    static bool[] FindRising(int[] heldAt)
    {
        var lasts = new List<int>();
        int[] previous = new int[heldAt.Length];
        for (int index = 0; index < heldAt.Length; index++)
        {
            if (heldAt[index] < 0)
                continue;
            int length = lasts.FindIndex(last => heldAt[last] >= heldAt[index]);
            if (length < 0)
                length = lasts.Count;
            previous[index] = length == 0 ? -1 : lasts[length - 1];
            if (length == lasts.Count)
                lasts.Add(index);
            else
                lasts[length] = index;
        }

        bool[] isRising = new bool[heldAt.Length];
        for (int index = lasts.Count == 0 ? -1 : lasts[^1]; index >= 0; index = previous[index])
            isRising[index] = true;
        return isRising;
    }

    static bool IsInNobodysWay(int index, int[] heldAt, bool[] canStay, Func<int, int, bool> isOrderSensitive)
    {
        for (int other = 0; other < heldAt.Length; other++)
        {
            bool isInverted = canStay[other] && other != index && (other < index) != (heldAt[other] < heldAt[index]);
            if (isInverted && isOrderSensitive(int.Min(index, other), int.Max(index, other)))
                return false;
        }
        return true;
    }
}
