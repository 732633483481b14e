using System.Runtime.InteropServices;

namespace Akashi.LibAudit.Auparse;

/// <summary>auparse.h: bytes that come as they come.</summary>
static unsafe class FeedFunctions
{
    [UnmanagedCallersOnly(EntryPoint = "auparse_feed")]
    internal static int Feed(nint au, byte* data, nuint length)
    {
        if (length > int.MaxValue || (data == null && length > 0))
            return Guard.Refuse(-1);
        return Guard.Number(au, new ReadOnlySpan<byte>(data, (int)length), &Feed, -1);
    }

    [UnmanagedCallersOnly(EntryPoint = "auparse_flush_feed")]
    internal static int FlushFeed(nint au) => Guard.Number(au, &Flush, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_feed_age_events")]
    internal static void FeedAgeEvents(nint au) => Guard.Number(au, &Age, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_feed_has_data")]
    internal static int FeedHasData(nint au) => Guard.Number(au, &HasData, 0);

    [UnmanagedCallersOnly(EntryPoint = "auparse_feed_has_ready_event")]
    internal static int FeedHasReadyEvent(nint au) => Guard.Number(au, &HasReady, 0);

    [UnmanagedCallersOnly(EntryPoint = "auparse_add_callback")]
    internal static void AddCallback(
        nint au, delegate* unmanaged<nint, int, void*, void> callback, void* userData, delegate* unmanaged<void*, void> userDestroy)
    {
        if (ParserTable.Find(au) is { } parser)
            parser.SetCallback(callback, userData, userDestroy);
        else
            Guard.Refuse(0);
    }

    static int Feed(Parser parser, ReadOnlySpan<byte> bytes)
    {
        if (!parser.IsFeed)
            return Guard.Refuse(-1);
        parser.Feed(bytes);
        return 0;
    }

    static int Flush(Parser parser)
    {
        if (!parser.IsFeed)
            return Guard.Refuse(-1);
        parser.FlushFeed();
        return 0;
    }

    static int Age(Parser parser)
    {
        if (!parser.IsFeed)
            return Guard.Refuse(-1);
        parser.AgeEvents();
        return 0;
    }

    static int HasData(Parser parser) => parser.HasOpen ? 1 : 0;

    static int HasReady(Parser parser) => parser.HasReady ? 1 : 0;
}
