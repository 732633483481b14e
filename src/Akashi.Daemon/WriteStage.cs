using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;
using Akashi.Trail;

namespace Akashi.Daemon;

/// <summary>The thread that makes records of messages and writes them in groups.</summary>
/// <remarks>
/// A group is written when the ring runs dry, at 256 KB, or after 10 ms. Where the disk refuses a group, it is said once, the group's records are
/// counted and dropped, and writing is tried anew a second later; the first group that is taken again begins with a DAEMON_ERR record that tells the
/// count. Other threads ask for rotation, own records and the end through flags that the stage looks at between messages.
/// </remarks>
public sealed class WriteStage
{
    const int GroupBytes = 256 * 1024;
    const int RecordBytesMax = 24 * 1024;

    static readonly TimeSpan s_groupAgeMax = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(1);

    readonly MessageRing _ring;
    readonly TrailWriter _writer;
    readonly RecordText _text;
    readonly IRecordEnricher? _enricher;
    readonly OwnRecords _own;
    readonly IFlusher _flusher;
    readonly TimeProvider _clock;
    readonly Action<TrailException> _onRefused;
    readonly byte[] _group = new byte[GroupBytes + RecordBytesMax];
    int _groupLength;
    int _groupRecords;
    long _groupBegan;
    long _refusedAt;
    long _written;
    int _rotationWanted;
    bool _isRefused;

    /// <summary>Makes the stage.</summary>
    /// <param name="ring">Where messages come from.</param>
    /// <param name="writer">Where records go; used by the stage's thread alone while it runs.</param>
    /// <param name="text">Makes lines.</param>
    /// <param name="enricher">Enriches them; null for the raw format.</param>
    /// <param name="own">Makes the daemon's own records.</param>
    /// <param name="flusher">Has them on the disk.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="onRefused">Told when the disk begins to refuse.</param>
    public WriteStage(
        MessageRing ring, TrailWriter writer, RecordText text, IRecordEnricher? enricher, OwnRecords own,
        IFlusher flusher, TimeProvider clock, Action<TrailException> onRefused)
    {
        _ring = ring;
        _writer = writer;
        _text = text;
        _enricher = enricher;
        _own = own;
        _flusher = flusher;
        _clock = clock;
        _onRefused = onRefused;
    }

    /// <summary>Records in the trail.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>What the disk refused.</summary>
    public DiskLedger Disk { get; } = new();

    /// <summary>Any thread: has the segment rotated before the next group.</summary>
    public void WantRotation()
    {
        Interlocked.Exchange(ref _rotationWanted, 1);
        _ring.WakeConsumer();
    }

    /// <summary>Writes a record of the daemon's own at once; before <see cref="Run"/> begins or after it ended.</summary>
    public void WriteOwn(RecordType type, ReadOnlySpan<byte> body)
    {
        AddOwn(type, body);
        WriteGroup();
    }

    /// <summary>Runs until the token is cancelled and the ring is empty.</summary>
    public void Run(CancellationToken ended)
    {
        while (true)
        {
            if (Interlocked.Exchange(ref _rotationWanted, 0) != 0)
                Rotate();
            if (_ring.TryPeek(out KernelMessage message))
            {
                Add(message);
                _ring.Release();
                if (IsGroupDue())
                    WriteGroup();
                continue;
            }

            WriteGroup();
            if (ended.IsCancellationRequested && _ring.IsEmpty)
                return;
            _ring.WaitForMessages(s_waitMax);
        }
    }

    void Add(in KernelMessage message)
    {
        if (LoggedTypes.IsLogged(message.Type))
            AddLine((RecordType)message.Type, message.Text);
    }

    void AddLine(RecordType type, ReadOnlySpan<byte> text)
    {
        if (_groupRecords == 0)
            _groupBegan = _clock.GetTimestamp();
        Span<byte> room = _group.AsSpan(_groupLength);
        int length = _text.Write(type, text, room);
        if (_enricher is not null)
            length += _enricher.Enrich(room[..length], room[length..^1]);
        room[length] = (byte)'\n';
        _groupLength += length + 1;
        _groupRecords++;
    }

    void AddOwn(RecordType type, ReadOnlySpan<byte> body)
    {
        Span<byte> text = stackalloc byte[OwnRecords.TextBytesMax];
        AddLine(type, text[.._own.Write(body, text)]);
    }

    // The clock costs more than a record; every 32nd is often enough for 10 ms.
    bool IsGroupDue() =>
        _groupLength >= GroupBytes
        || ((_groupRecords & 31) == 0 && _groupRecords > 0 && _clock.GetElapsedTime(_groupBegan) >= s_groupAgeMax);

    void WriteGroup()
    {
        if (_groupRecords == 0)
            return;
        int records = _groupRecords;
        int length = _groupLength;
        _groupRecords = _groupLength = 0;
        if (_isRefused && _clock.GetElapsedTime(_refusedAt) < s_retryAfter)
        {
            Disk.Refuse(records);
            return;
        }

        try
        {
            if (Disk.UnsaidRecords > 0)
                SayLoss();
            _writer.Append(_group.AsSpan(0, length));
            Volatile.Write(ref _written, _written + records);
            _isRefused = false;
            _flusher.Written(records);
        }
        catch (TrailException exception)
        {
            Refuse(exception, records);
        }
    }

    void SayLoss()
    {
        Span<byte> text = stackalloc byte[OwnRecords.TextBytesMax];
        int length = _own.Write(OwnRecords.Loss("disk", Disk.UnsaidRecords), text);
        byte[] line = new byte[_text.LengthMax(length) + 1];
        int lineLength = _text.Write(RecordType.DaemonErr, text[..length], line);
        line[lineLength] = (byte)'\n';
        _writer.Append(line.AsSpan(0, lineLength + 1));
        Disk.Say();
    }

    void Refuse(TrailException exception, int records)
    {
        Disk.Refuse(records);
        _refusedAt = _clock.GetTimestamp();
        if (!_isRefused)
            _onRefused(exception);
        _isRefused = true;
    }

    void Rotate()
    {
        WriteGroup();
        try
        {
            _writer.Rotate();
        }
        catch (TrailException exception)
        {
            _onRefused(exception);
        }
    }
}
