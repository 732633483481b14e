namespace Akashi.Diagnostics;

/// <summary>The known name that is nearest to one that nobody knows: for hints.</summary>
/// <remarks>Near are at most 2 changes, 1 in a name of up to 3 letters, or a third of the letters: a letter put in, left out, replaced, or swapped with the next one. The first of equally near ones counts.</remarks>
/// <param name="typed">What was typed.</param>
public sealed class NearestName(string typed)
{
    // A distance costs the product of the lengths.
    const int LengthMax = 64;

    int _bestDistance = Math.Max(typed.Length <= 3 ? 1 : 2, typed.Length / 3) + 1;

    /// <summary>The nearest so far; null for none.</summary>
    public string? Best { get; private set; }

    /// <summary>Offers a known name.</summary>
    public void Offer(string name)
    {
        if (typed.Length > LengthMax || name.Length > LengthMax || Math.Abs(name.Length - typed.Length) >= _bestDistance)
            return;
        int distance = Distance(typed.ToLowerInvariant(), name.ToLowerInvariant());

        // What shares no letter isn't near, however short both are.
        if (distance < _bestDistance && distance < Math.Max(typed.Length, name.Length))
            (Best, _bestDistance) = (name, distance);
    }

    /// <summary>The hint; null where nothing is near.</summary>
    public string? Hint => Best is null ? null : $"did you mean {Best}?";

    static int Distance(string one, string other)
    {
        int[,] costs = new int[one.Length + 1, other.Length + 1];
        for (int row = 0; row <= one.Length; row++)
        {
            for (int column = 0; column <= other.Length; column++)
                costs[row, column] = Cost(costs, one, other, row, column);
        }

        return costs[one.Length, other.Length];
    }

    static int Cost(int[,] costs, string one, string other, int row, int column)
    {
        if (row == 0 || column == 0)
            return row + column;
        int replaced = costs[row - 1, column - 1] + (one[row - 1] == other[column - 1] ? 0 : 1);
        int cost = Math.Min(replaced, Math.Min(costs[row - 1, column], costs[row, column - 1]) + 1);
        bool isSwapped = row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
        return isSwapped ? Math.Min(cost, costs[row - 2, column - 2] + 1) : cost;
    }
}
