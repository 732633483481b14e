using Akashi.Events;
using Akashi.Search.Query.Fields;

namespace Akashi.Reports.Counting;

/// <summary>Counts in how many events each value of a field stands; memory is bounded by the distinct ones.</summary>
/// <param name="reader">The field.</param>
public sealed class ValueCounts(FieldReader reader) : IValueTaker
{
    // An event seldom has more values than this; a value that comes again behind so many others counts twice.
    const int SeenMax = 64;

    readonly TextCounter _counter = new();
    readonly int[] _seen = new int[SeenMax];
    int _seenCount;

    /// <summary>The values and their counts.</summary>
    public TextCounter Counts => _counter;

    /// <summary>Events without a value.</summary>
    public long WithoutValue { get; private set; }

    /// <summary>Counts an event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        _seenCount = 0;
        reader.Read(auditEvent, this);
        if (_seenCount == 0)
            WithoutValue++;
    }

    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<byte> words, ReadOnlySpan<byte> raw)
    {
        if (words.IsEmpty)
            return false;
        foreach (int index in _seen.AsSpan(0, _seenCount))
        {
            if (_counter.TextAt(index).SequenceEqual(words))
                return false;
        }

        int place = _counter.Add(words);
        if (_seenCount < SeenMax)
            _seen[_seenCount++] = place;
        return false;
    }
}
