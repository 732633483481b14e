using System.Diagnostics.CodeAnalysis;
using Akashi.Records;

namespace Akashi.Events;

/// <summary>Events that may leave, lowest stamp first; events of one stamp in the order they became ready.</summary>
sealed class ReadyEvents
{
    readonly PriorityQueue<AuditEvent, (EventStamp Stamp, long Order)> _queue = new(ReadyOrder.Instance);
    long _order;

    public int Count => _queue.Count;

    public void Add(AuditEvent ready) => _queue.Enqueue(ready, (ready.Stamp, _order++));

    public bool TryTakeLowest([NotNullWhen(true)] out AuditEvent? ready) => _queue.TryDequeue(out ready, out _);

    sealed class ReadyOrder : IComparer<(EventStamp Stamp, long Order)>
    {
        public static readonly ReadyOrder Instance = new();

        public int Compare((EventStamp Stamp, long Order) x, (EventStamp Stamp, long Order) y)
        {
            int byStamp = x.Stamp.CompareTo(y.Stamp);
            return byStamp != 0 ? byStamp : x.Order.CompareTo(y.Order);
        }
    }
}
