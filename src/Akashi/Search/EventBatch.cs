using Akashi.Events;
using Akashi.Formats;
using Akashi.Output;

namespace Akashi.Search;

/// <summary>Some events of its own, in their order, and what is printed of them.</summary>
/// <param name="escape">How they are printed.</param>
sealed class EventBatch(EscapeMode escape)
{
    /// <summary>Bytes of events that fill it: formatting them takes about a millisecond.</summary>
    public const int CapacityBytes = ArenaChunk.CapacityBytes;

    readonly List<AuditEvent> _events = [];
    readonly ArenaChunk _bytes = new();
    readonly MemoryStream _printed = new();
    Utf8Output? _output;
    int _count;

    /// <summary>Whether it has no event.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Whether its events are printed.</summary>
    public bool IsDone { get; set; }

    /// <summary>What was printed.</summary>
    public ReadOnlySpan<byte> Printed => _printed.GetBuffer().AsSpan(0, (int)_printed.Length);

    /// <summary>Copies an event; false where there is no room for it.</summary>
    public bool TryAdd(AuditEvent auditEvent)
    {
        if (auditEvent.Length > CapacityBytes - _bytes.Used)
            return false;
        if (_count == _events.Count)
            _events.Add(new AuditEvent());
        auditEvent.CopyTo(_events[_count++], _bytes);
        return true;
    }

    /// <summary>Prints its events.</summary>
    public void Print(IEventFormat format)
    {
        _output ??= new Utf8Output(_printed, FlushMode.Block, escape);
        for (int index = 0; index < _count; index++)
            format.Write(_events[index], _output);
        _output.Flush();
    }

    /// <summary>Forgets its events and what was printed.</summary>
    public void Clear()
    {
        _count = 0;
        _bytes.Used = 0;
        _printed.SetLength(0);
        IsDone = false;
    }
}
