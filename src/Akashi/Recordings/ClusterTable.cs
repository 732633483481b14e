namespace Akashi.Recordings;

/// <summary>Characters with marks, by number. Bounded: a screen that runs out of numbers has it compacted, then further marks are dropped.</summary>
sealed class ClusterTable
{
    /// <summary>Clusters at most.</summary>
    public const int CountMax = 1 << 16;

    const int CharsMax = 32;

    readonly List<string> _texts = [];
    readonly Dictionary<string, int> _numbers = [];

    public bool IsFull => _texts.Count >= CountMax;

    public string this[uint number] => _texts[(int)number];

    /// <summary>The number of a cluster.</summary>
    /// <returns>False where the table is full, or the cluster too long.</returns>
    public bool TryAdd(ReadOnlySpan<char> text, out uint number)
    {
        number = 0;
        if (text.Length > CharsMax)
            return false;
        if (_numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int found))
        {
            number = (uint)found;
            return true;
        }

        if (IsFull)
            return false;
        number = (uint)_texts.Count;
        string kept = text.ToString();
        _numbers.Add(kept, _texts.Count);
        _texts.Add(kept);
        return true;
    }

    public void Clear()
    {
        _texts.Clear();
        _numbers.Clear();
    }

    public void CopyFrom(ClusterTable other)
    {
        Clear();
        foreach (string text in other._texts)
            TryAdd(text, out _);
    }
}
