using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Linux;
using Akashi.Linux.Interop;
using Akashi.Records;

namespace Akashi.LibAudit.Auparse;

/// <summary>What an <c>auparse_state_t</c> stands for: a source, the event that is looked at, and a place in it.</summary>
/// <remarks>For one thread at a time, as libauparse's; several parsers may be in use in several threads.</remarks>
sealed unsafe partial class Parser : IDisposable
{
    static LinuxHost? s_host;
    static int s_timeoutSeconds;

    readonly EventMemory _memory = new();
    LineInput _input;
    readonly EventAssembler _assembler = AssemblerPool.Take();
    readonly ParserSource _source;
    readonly long _incompleteBefore;
    bool _isRead;

    /// <summary>Begins before the first event of some sources; a feed has none.</summary>
    internal Parser(ByteSource[] sources, ParserSource source)
    {
        _input = new LineInput(sources);
        _source = source;
        _incompleteBefore = _assembler.IncompleteEvents;
        Fields = new EventFields(_memory);
        Words = new FieldWords(Host, Fields, _memory);
        Cursor = new EventCursor(Fields);
        Normal = new NormalForm(Host, Fields, Words, Cursor);
    }

    /// <summary>This machine: one for all, with its cache of names.</summary>
    internal static LinuxHost Host => s_host ?? Interlocked.CompareExchange(ref s_host, new LinuxHost(), null) ?? s_host;

    /// <summary>How long an event stays open, for all parsers; 0 for what auditd.conf says.</summary>
    internal static int TimeoutSeconds
    {
        get => Volatile.Read(ref s_timeoutSeconds) is > 0 and int seconds ? seconds : StoredLogs.TimeoutSeconds;
        set => Volatile.Write(ref s_timeoutSeconds, value);
    }

    /// <summary>The host's pointer.</summary>
    internal nint Pointer { get; set; }

    /// <summary>Whether bytes come by <see cref="Feed"/>.</summary>
    internal bool IsFeed => _source == ParserSource.Feed;

    /// <summary>Whether it was destroyed: perhaps by its own callback.</summary>
    internal bool IsDisposed { get; private set; }

    /// <summary>The event's fields.</summary>
    internal EventFields Fields { get; }

    /// <summary>The place in the event.</summary>
    internal EventCursor Cursor { get; }

    /// <summary>The fields in words.</summary>
    internal FieldWords Words { get; }

    /// <summary>The event in its normal form.</summary>
    internal NormalForm Normal { get; }

    /// <summary>The event; null for none.</summary>
    internal AuditEvent? Event => Fields.Event;

    /// <summary>Goes to the next event.</summary>
    /// <returns>1; 0 for none; a negative error number.</returns>
    internal int NextEvent()
    {
        _assembler.TimeoutSeconds = TimeoutSeconds;
        while (!_assembler.HasReady)
        {
            if (IsFeed)
                return NoEvent(0);
            int result = ReadOn();
            if (result < 0)
                return NoEvent(result);
            if (result == 0 && !_assembler.HasReady)
                return NoEvent(0);
        }

        Show();
        return 1;
    }

    /// <summary>The event that is looked at, or the first where none was taken yet.</summary>
    internal int NeedEvent() => Event is not null ? 1 : _isRead || IsFeed ? 0 : NextEvent();

    /// <summary>Goes back before the first event.</summary>
    /// <returns>False where a source can't.</returns>
    internal bool TryReset()
    {
        NoEvent(0);
        Drain();
        _isRead = false;
        return _input.TryRewind();
    }

    /// <summary>Reads other bytes from now on; only of a parser that was made with some.</summary>
    internal bool TryTakeBuffer(ReadOnlySpan<byte> bytes)
    {
        if (_source != ParserSource.Buffer)
            return false;
        NoEvent(0);
        Drain();
        _isRead = false;
        _input.Dispose();
        _input = new LineInput([new BufferSource(bytes.ToArray())]);
        return true;
    }

    /// <summary>What is open, in words and numbers, in memory that the host frees.</summary>
    internal byte* DescribeUse()
    {
        var text = new InterpretedText();
        text.Append("open events: "u8);
        text.Append(_assembler.PendingCount);
        text.Append("\nevents that left incomplete: "u8);
        text.Append(_assembler.IncompleteEvents - _incompleteBefore);
        text.AppendByte((byte)'\n');
        return CText.Copy(text.Bytes);
    }

    /// <summary>The name of the file that a record stands in; NULL for none.</summary>
    internal byte* FileOf(int record) => _input.NameOf(Event!.OriginOf(record).Segment);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        NoEvent(0);
        Drain();
        AssemblerPool.GiveBack(_assembler);
        EndCallback();
        _input.Dispose();
        _memory.Dispose();
        ClearSearch();
    }

    // Takes lines up to one that makes an event ready. 0 at the end of all.
    int ReadOn()
    {
        while (true)
        {
            TakeLines();
            if (_assembler.HasReady)
                return 1;
            int length = _input.Read();
            if (length > 0)
                continue;
            if (length < 0)
                return length;
            if (_input.TryTakeRest(out Record record, out RecordFault fault))
                Add(record, fault);
            if (_input.TryGoOn())
                continue;
            _assembler.Flush();
            return 0;
        }
    }

    void TakeLines()
    {
        while (!_assembler.HasReady && _input.TryTake(out Record record, out RecordFault fault))
            Add(record, fault);
    }

    // What is no record is passed over.
    void Add(in Record record, RecordFault fault)
    {
        if (fault == RecordFault.None)
            _assembler.Add(record, new RecordOrigin(_input.Source, _input.Line));
    }

    void Show()
    {
        _isRead = true;
        _assembler.TryTake(out AuditEvent? ready);
        Begin(ready);
    }

    int NoEvent(int result)
    {
        _isRead |= result == 0;
        Begin(null);
        return result;
    }

    void Begin(AuditEvent? auditEvent)
    {
        Fields.Begin(auditEvent);
        Words.Begin();
        Normal.Forget();
        Cursor.Begin();
        _stamp = null;
    }

    void Drain()
    {
        _assembler.Flush();
        while (_assembler.TryTake(out _))
        {
        }
    }
}

/// <summary>Where a parser's bytes come from: ausource_t.</summary>
enum ParserSource
{
    /// <summary>This machine's logs.</summary>
    Logs,

    /// <summary>A file.</summary>
    File,

    /// <summary>Several files.</summary>
    FileArray,

    /// <summary>Bytes.</summary>
    Buffer,

    /// <summary>Bytes in several pieces.</summary>
    BufferArray,

    /// <summary>A descriptor.</summary>
    Descriptor,

    /// <summary>A stream of the C library.</summary>
    FilePointer,

    /// <summary>Nothing: the host hands bytes over.</summary>
    Feed,
}
