using System.Runtime.InteropServices;
using Akashi.LibAudit.Auparse;
using Akashi.Output;

namespace Akashi.Fuzz;

/// <summary>The parser behind auparse.h: bytes that are fed in pieces make the events that they make at once, and all that a host may ask of one is answered.</summary>
static unsafe class FeedTarget
{
    /// <summary>Feeds the bytes in pieces whose length the bytes themselves say, so that a found input is found again.</summary>
    public static void Run(byte[] bytes)
    {
        int pieceLength = 1 + (bytes.Length * 31 % 97);
        ulong fed = 0;
        using (var parser = new Parser([], ParserSource.Feed))
        {
            ParserTable.Add(parser);
            parser.SetCallback(&Ready, &fed, null);
            for (int at = 0; at < bytes.Length; at += pieceLength)
                parser.Feed(bytes.AsSpan(at, Math.Min(pieceLength, bytes.Length - at)));
            parser.FlushFeed();
            ParserTable.Remove(parser.Pointer);
        }

        ulong read = 0;
        using (var parser = new Parser([new BufferSource(bytes)], ParserSource.Buffer))
        {
            while (parser.NextEvent() > 0)
                read += Ask(parser);
        }

        if (fed != read)
            throw new InvalidOperationException($"events depend on how the bytes are split, into pieces of {pieceLength}");
    }

    [UnmanagedCallersOnly]
    static void Ready(nint pointer, int what, void* data)
    {
        // What is thrown here would end the process without a word: the sum says it.
        try
        {
            *(ulong*)data += Ask(ParserTable.Find(pointer)!);
        }
        catch (Exception fault)
        {
            Console.Error.WriteLine(fault);
            *(ulong*)data = ulong.MaxValue / 2;
        }
    }

    static ulong Ask(Parser parser)
    {
        ulong sum = (ulong)parser.Event!.Stamp.UnixMilliseconds + parser.Event.Stamp.Serial;
        sum += Sum(parser.Stamp->Host);
        parser.Normal.TryMake(withAttributes: true);
        sum += Sum(parser.Normal.How) + Sum(parser.Normal.Action);
        for (uint record = 0; parser.Cursor.TryGoToRecord(record); record++)
        {
            parser.Words.Escape = (EscapeMode)(record % 4);
            do
            {
                ref FieldEntry entry = ref parser.Cursor.Entry;
                sum = (sum * 31) + Sum(entry.Name) + Sum(entry.Value) + Sum(parser.Words.Of((int)record, ref entry));
                sum += Sum(parser.Words.PathOf((int)record, ref entry)) + Sum(parser.Words.PartOf(ref entry, SocketPart.Address)) + Sum(parser.Words.PartOf(ref entry, SocketPart.Port));
            }
            while (parser.Cursor.TryNextField());
        }

        return sum;
    }

    static ulong Sum(byte* text)
    {
        ulong sum = 7;
        for (; text != null && *text != 0; text++)
            sum = (sum * 31) + *text;
        return sum;
    }
}
