using System.Runtime.InteropServices;
using Akashi.Records;

namespace Akashi.LibAudit.Auparse;

/// <summary>struct au_event_t: sec 8 bytes at 0, milli 4 at 8, serial 8 at 16, host 8 at 24.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct EventTime
{
    internal nint Seconds;
    internal uint Milliseconds;
    internal nuint Serial;
    internal byte* Host;
}

// What is known of the event as a whole.
sealed unsafe partial class Parser
{
    EventTime* _stamp;

    /// <summary>The event's stamp, in its memory; there must be an event.</summary>
    internal EventTime* Stamp
    {
        get
        {
            if (_stamp != null)
                return _stamp;
            EventStamp stamp = Event!.Stamp;
            ReadOnlySpan<byte> node = Event.Node;
            var made = (EventTime*)_memory.Take(sizeof(EventTime));
            made->Seconds = (nint)stamp.UnixSeconds;
            made->Milliseconds = (uint)stamp.Milliseconds;
            made->Serial = (nuint)stamp.Serial;
            made->Host = node.IsEmpty ? null : _memory.Copy(node);
            return _stamp = made;
        }
    }

    /// <summary>A text in the event's memory.</summary>
    internal byte* Keep(ReadOnlySpan<byte> text) => _memory.Copy(text);
}
