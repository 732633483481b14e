using System.Runtime.InteropServices;
using Akashi.Linux.Interop;
using Akashi.Output;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit.Auparse;

/// <summary>auparse.h: making parsers, and what holds for the whole of one. Each is described by its page of section 3 of the manual.</summary>
static unsafe class LifeFunctions
{
    [UnmanagedCallersOnly(EntryPoint = "auparse_init")]
    internal static nint Init(int source, void* b)
    {
        try
        {
            return Make(source, b);
        }
        catch (Exception fault)
        {
            return Guard.Explain(fault, 0);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "auparse_destroy")]
    internal static void Destroy(nint au) => End(au);

    /// <summary>The caches of names are the library's: nothing of them is a parser's to free, whatever is asked for.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_destroy_ext")]
    internal static void DestroyExt(nint au, int what) => End(au);

    [UnmanagedCallersOnly(EntryPoint = "auparse_reset")]
    internal static int Reset(nint au) => Guard.Number(au, &Reset, -1);

    /// <summary>How values in words are escaped; others than the four modes change nothing.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_set_escape_mode")]
    internal static void SetEscapeMode(nint au, int mode)
    {
        if (ParserTable.Find(au) is { } parser && mode is >= (int)EscapeMode.Raw and <= (int)EscapeMode.ShellQuote)
            parser.Words.Escape = (EscapeMode)mode;
    }

    /// <summary>For all parsers, from the next record on; 0 where it's positive, else -1.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_set_eoe_timeout")]
    internal static int SetEoeTimeout(nint newTimeout)
    {
        if (newTimeout is <= 0 or > int.MaxValue)
            return Guard.Refuse(-1);
        Parser.TimeoutSeconds = (int)newTimeout;
        return 0;
    }

    /// <summary>Lines of <c>name: number</c>, for the caller to free.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_metrics")]
    internal static byte* Metrics(nint au) => Guard.Text(au, &Metrics);

    [UnmanagedCallersOnly(EntryPoint = "auparse_new_buffer")]
    internal static int NewBuffer(nint au, byte* data, nuint length)
    {
        try
        {
            if (ParserTable.Find(au) is not { } parser || data == null || length > int.MaxValue)
                return Guard.Refuse(1);
            return parser.TryTakeBuffer(new ReadOnlySpan<byte>(data, (int)length)) ? 0 : Guard.Refuse(1);
        }
        catch (Exception fault)
        {
            return Guard.Explain(fault, 1);
        }
    }

    static nint Make(int source, void* b)
    {
        PlainLibC.Errno = EINVAL;
        ByteSource[]? sources = (ParserSource)source switch
        {
            ParserSource.Logs => StoredLogs.Open(),
            ParserSource.File => b != null && IsReadable((byte*)b) ? [new FileSource(CText.Of((byte*)b))] : null,
            ParserSource.FileArray => b != null ? FilesOf((byte**)b) : null,
            ParserSource.Buffer => b != null ? [new BufferSource(CText.Of((byte*)b).ToArray())] : null,
            ParserSource.BufferArray => b != null ? BuffersOf((byte**)b) : null,
            ParserSource.Descriptor => [new DescriptorSource((int)(nint)b)],
            ParserSource.FilePointer => b != null ? [new StreamSource(b)] : null,
            ParserSource.Feed => [],
            _ => null,
        };
        if (sources is null)
            return 0;
        var parser = new Parser(sources, (ParserSource)source);
        nint pointer = ParserTable.Add(parser);
        if (pointer != 0)
            return pointer;
        parser.Dispose();
        return Guard.Refuse(0, EMFILE);
    }

    static ByteSource[]? FilesOf(byte** names)
    {
        int count = CountOf(names);
        for (int index = 0; index < count; index++)
        {
            if (!IsReadable(names[index]))
                return null;
        }

        var sources = new ByteSource[count];
        for (int index = 0; index < count; index++)
            sources[index] = new FileSource(CText.Of(names[index]));
        return sources;
    }

    static ByteSource[] BuffersOf(byte** buffers)
    {
        var sources = new ByteSource[CountOf(buffers)];
        for (int index = 0; index < sources.Length; index++)
            sources[index] = new BufferSource(CText.Of(buffers[index]).ToArray());
        return sources;
    }

    static int CountOf(byte** texts)
    {
        int count = 0;
        while (texts[count] != null)
            count++;
        return count;
    }

    static bool IsReadable(byte* name) => PlainLibC.access(name, R_OK) == 0;

    static void End(nint au)
    {
        try
        {
            ParserTable.Remove(au)?.Dispose();
        }
        catch (Exception fault)
        {
            Guard.Explain(fault, 0);
        }
    }

    static int Reset(Parser parser) => parser.IsFeed || !parser.TryReset() ? -1 : 0;

    static byte* Metrics(Parser parser) => parser.DescribeUse();
}
