using System.Runtime.InteropServices;
using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit.Auparse;

/// <summary>auparse.h: events, and what is known of one as a whole. What asks before the first event was taken takes it.</summary>
static unsafe class EventFunctions
{
    /// <summary>1 where there is one, 0 at the end, -1 where it can't be read, and errno says why.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_next_event")]
    internal static int NextEvent(nint au) => Guard.Number(au, &Next, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_timestamp")]
    internal static EventTime* GetTimestamp(nint au) => (EventTime*)Guard.Text(au, &Stamp);

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_time")]
    internal static nint GetTime(nint au) => GetTimestampOf(au) is var stamp && stamp != null ? stamp->Seconds : 0;

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_milli")]
    internal static uint GetMilli(nint au) => GetTimestampOf(au) is var stamp && stamp != null ? stamp->Milliseconds : 0;

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_serial")]
    internal static nuint GetSerial(nint au) => GetTimestampOf(au) is var stamp && stamp != null ? stamp->Serial : 0;

    /// <summary>A copy for the caller to free; NULL for none.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_get_node")]
    internal static byte* GetNode(nint au)
    {
        EventTime* stamp = GetTimestampOf(au);
        return stamp == null || stamp->Host == null ? null : CText.Copy(CText.Of(stamp->Host));
    }

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_num_records")]
    internal static uint GetNumRecords(nint au) => (uint)Guard.Number(au, &RecordCount, 0);

    /// <summary>By seconds, milliseconds, serial: -1, 0 or 1. NULL is before all.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_timestamp_compare")]
    internal static int TimestampCompare(EventTime* one, EventTime* other)
    {
        if (one == null || other == null)
            return (one == null ? 0 : 1) - (other == null ? 0 : 1);
        int order = one->Seconds.CompareTo(other->Seconds);
        if (order == 0)
            order = one->Milliseconds.CompareTo(other->Milliseconds);
        return order == 0 ? one->Serial.CompareTo(other->Serial) : order;
    }

    /// <summary>By their bytes: -1, 0 or 1. No name is before all.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_node_compare")]
    internal static int NodeCompare(EventTime* one, EventTime* other)
    {
        byte* left = one == null ? null : one->Host, right = other == null ? null : other->Host;
        if (left == null || right == null)
            return (left == null ? 0 : 1) - (right == null ? 0 : 1);
        return Math.Sign(CText.Of(left).SequenceCompareTo(CText.Of(right)));
    }

    static EventTime* GetTimestampOf(nint au) => (EventTime*)Guard.Text(au, &Stamp);

    static int Next(Parser parser)
    {
        int result = parser.NextEvent();
        return result < 0 ? Guard.Refuse(-1, -result) : result;
    }

    static byte* Stamp(Parser parser) => parser.NeedEvent() > 0 ? (byte*)parser.Stamp : null;

    static int RecordCount(Parser parser) => parser.NeedEvent() > 0 ? parser.Event!.Count : 0;
}
