using Akashi.Records;

namespace Akashi.Search;

/// <summary>What a search passed over, counted so that it can be said.</summary>
public sealed class SearchCounts
{
    readonly long[] _faults = new long[(int)RecordFault.TooLong + 1];

    /// <summary>Lines read.</summary>
    public long Lines { get; internal set; }

    /// <summary>Lines that are no records, by fault.</summary>
    public long this[RecordFault fault] => _faults[(int)fault];

    /// <summary>Lines that are no records.</summary>
    public long BadLines { get; private set; }

    /// <summary>Events that had to leave before they were complete.</summary>
    public long IncompleteEvents { get; internal set; }

    internal void Count(RecordFault fault, long lines = 1)
    {
        _faults[(int)fault] += lines;
        BadLines += lines;
    }
}
