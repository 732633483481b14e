using System.Runtime.InteropServices;

namespace Akashi.Reports.Counting;

/// <summary>Counts how often numbers come; memory is bounded by the distinct ones.</summary>
public sealed class NumberCounter
{
    readonly Dictionary<long, long> _hits = [];

    /// <summary>How many distinct numbers came.</summary>
    public int Count => _hits.Count;

    /// <summary>Counts a number once more.</summary>
    public void Add(long number) => CollectionsMarshal.GetValueRefOrAddDefault(_hits, number, out _)++;

    /// <summary>The numbers and how often each came, the most hits first; equal ones from the lowest number.</summary>
    public (long Number, long Hits)[] ByHits() =>
    [
        .. _hits.Select(entry => (Number: entry.Key, Hits: entry.Value))
            .OrderByDescending(entry => entry.Hits)
            .ThenBy(entry => entry.Number),
    ];
}
