using System.Text;
using Akashi.Diagnostics;
using Akashi.Records;
using Akashi.Search.Expressions;

namespace Akashi.LibAudit.Auparse;

/// <summary>Where the cursor stands once an event was found: austop_t.</summary>
enum SearchStop
{
    /// <summary>At the event's first field.</summary>
    Event,

    /// <summary>At the first field of the record that is right.</summary>
    Record,

    /// <summary>At the field that was looked at last when the record proved right.</summary>
    Field,
}

// What the host looks for.
sealed unsafe partial class Parser
{
    // Each that is added stands around what there was: an unbounded depth would be the host's stack.
    const int ConditionsMax = 1000;

    ExpressionCompiler? _compiler;
    RecordExpression? _search;
    SearchStop _stop;
    int _conditions;

    /// <summary>Whether something is looked for.</summary>
    internal bool HasSearch => _search is not null;

    /// <summary>Makes expressions of texts.</summary>
    internal ExpressionCompiler Compiler => _compiler ??= new ExpressionCompiler(Host);

    /// <summary>Where to stop; others than these three change nothing.</summary>
    internal bool TrySetStop(int stop)
    {
        if (stop is < (int)SearchStop.Event or > (int)SearchStop.Field)
            return false;
        _stop = (SearchStop)stop;
        return true;
    }

    /// <summary>Adds a condition: instead of what there is, or joined with it.</summary>
    /// <returns>False for another way, and for too many.</returns>
    internal bool TryAddSearch(RecordExpression added, int how)
    {
        const int Clear = 0, Or = 1, And = 2;
        if (how == Clear)
            _conditions = 0;
        if (_conditions == ConditionsMax)
            return false;
        RecordExpression? joined = how switch
        {
            Clear => added,
            Or => _search is null ? added : RecordExpression.Any([_search, added], Words.Interpreter),
            And => _search is null ? added : RecordExpression.All(_search, added, Words.Interpreter),
            _ => null,
        };
        if (joined is null)
            return false;
        _search = joined;
        _conditions++;
        return true;
    }

    /// <summary>Looks for nothing any more.</summary>
    internal void ClearSearch()
    {
        _search = null;
        _conditions = 0;
        _stop = SearchStop.Event;
    }

    /// <summary>Goes to the next event of which a record is what is looked for.</summary>
    /// <returns>1; 0 at the end; a negative error number.</returns>
    internal int NextFound()
    {
        int result;
        while ((result = NextEvent()) > 0)
        {
            if (TryStop())
                return 1;
        }

        return result;
    }

    /// <summary>Whether the event is one that is looked for; the cursor then stands where the search stops.</summary>
    internal bool TryStop()
    {
        for (int index = 0; index < Event!.Count; index++)
        {
            Record record = Event[index];
            if (!_search!.IsTrue(record, out ReadOnlySpan<byte> lookedAt))
                continue;
            Cursor.TryGoToRecord(_stop == SearchStop.Event ? 0 : (uint)index);
            if (_stop == SearchStop.Field && !lookedAt.IsEmpty)
                Cursor.GoTo(index, Math.Max(0, Fields.Find(index, lookedAt, default)));
            return true;
        }

        return false;
    }
}
