using System.Diagnostics.CodeAnalysis;
using Akashi.Events;

namespace Akashi.Search;

/// <summary>Copies of events, the newest of which leaves first; the room of those that left is used again.</summary>
/// <param name="countMax">How many are kept; where more come, the oldest are dropped.</param>
sealed class KeptEvents(int countMax)
{
    // Of a size that the next event will find room in, too.
    const int ChunkStepBytes = 512;

    readonly LinkedList<Copy> _kept = [];
    readonly Stack<LinkedListNode<Copy>> _free = [];

    /// <summary>Copies an event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        if (!_free.TryPop(out LinkedListNode<Copy>? node))
            node = new LinkedListNode<Copy>(new Copy());
        node.Value.Take(auditEvent);
        _kept.AddLast(node);
        if (_kept.Count > countMax)
            Free(_kept.First!);
    }

    /// <summary>Takes the newest; it's valid until the next <see cref="Add"/>.</summary>
    public bool TryTakeNewest([NotNullWhen(true)] out AuditEvent? newest)
    {
        newest = _kept.Last?.Value.Event;
        if (newest is not null)
            Free(_kept.Last!);
        return newest is not null;
    }

    void Free(LinkedListNode<Copy> node)
    {
        _kept.Remove(node);
        _free.Push(node);
    }

    sealed class Copy
    {
        ArenaChunk? _bytes;

        public AuditEvent Event { get; } = new();

        public void Take(AuditEvent source)
        {
            if (_bytes is null || _bytes.Bytes.Length < source.Length)
                _bytes = new ArenaChunk(new byte[(source.Length + ChunkStepBytes - 1) / ChunkStepBytes * ChunkStepBytes]);
            _bytes.Used = 0;
            source.CopyTo(Event, _bytes);
        }
    }
}
