using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon.Remote;

/// <summary>Records of other machines on their way to the trail, and whom each is to be acknowledged to.</summary>
/// <remarks>Filled by the receiver's thread, then read in the write stage's place, then by the receiver again: one of them has it at a time.</remarks>
sealed class RemoteBatch
{
    /// <summary>A batch is handed on at this size.</summary>
    public const int LineBytesMax = 256 * 1024;

    readonly byte[] _lines = new byte[LineBytesMax + RemoteHeader.TextBytesMax + ReceivedText.OverheadBytes + 1];
    readonly List<(int End, ushort Type)> _dispatched = [];
    RemoteRun[] _runs = new RemoteRun[64];
    int _count;
    int _length;
    volatile bool _isHeld;

    /// <summary>Whole lines for the trail, each with its line feed.</summary>
    public ReadOnlySpan<byte> Lines => _lines.AsSpan(0, _length);

    /// <summary>How many lines.</summary>
    public int Records { get; private set; }

    /// <summary>What came one behind the other; the write stage puts each one's answer into it.</summary>
    public Span<RemoteRun> Runs => _runs.AsSpan(0, _count);

    /// <summary>Whether a sender is among them that is never to have a record twice.</summary>
    public bool HasStreams { get; private set; }

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Whether it takes no more.</summary>
    public bool IsFull => _length >= LineBytesMax;

    /// <summary>Whether the write stage is to be asked again: its sink was held.</summary>
    public bool IsHeld
    {
        get => _isHeld;
        set => _isHeld = value;
    }

    /// <summary>Where the next line may be written.</summary>
    public Span<byte> Room => _lines.AsSpan(_length);

    /// <summary>The lines of a run.</summary>
    public ReadOnlySpan<byte> LinesOf(in RemoteRun run) => _lines.AsSpan(run.Start, run.Length);

    /// <summary>Adds a message whose line was written into <see cref="Room"/>.</summary>
    /// <remarks>An end of an event says nothing that a reader needs; audisp-remote doesn't send it either.</remarks>
    /// <param name="client">Whose.</param>
    /// <param name="host">Of which host.</param>
    /// <param name="type">The record's type.</param>
    /// <param name="length">The line's bytes.</param>
    /// <param name="sequence">The message's number, to be acknowledged; null for a line.</param>
    public void Add(RemoteClient client, KnownHost host, RecordType type, int length, uint? sequence)
    {
        ref RemoteRun run = ref Enter(client, host, sequence);
        if (type == RecordType.Eoe)
            return;
        _lines[_length + length] = (byte)'\n';
        _length += length + 1;
        _dispatched.Add((_length, (ushort)type));
        Records++;
        run.Length += length + 1;
        run.Records++;
    }

    /// <summary>Adds a message that has no line, and is acknowledged in its turn, or refused.</summary>
    public void AddUnwritten(RemoteClient client, KnownHost? host, uint sequence, RemoteMessageType? refusal = null) => Enter(client, host, sequence, refusal);

    /// <summary>Takes the lines of refused runs out.</summary>
    public void DropRefused()
    {
        int from = 0, to = 0, kept = 0, read = 0;
        foreach (ref RemoteRun run in Runs)
        {
            int end = run.Start + run.Length;
            for (; read < _dispatched.Count && _dispatched[read].End <= end; read++)
            {
                if (!run.IsRefused)
                    _dispatched[kept++] = (_dispatched[read].End - from + to, _dispatched[read].Type);
            }

            from = end;
            if (run.IsRefused)
            {
                Records -= run.Records;
                (run.Start, run.Length, run.Records) = (to, 0, 0);
                continue;
            }

            _lines.AsSpan(run.Start, run.Length).CopyTo(_lines.AsSpan(to));
            run.Start = to;
            to += run.Length;
        }

        _dispatched.RemoveRange(kept, _dispatched.Count - kept);
        _length = to;
    }

    /// <summary>Gives the lines that were taken to plugins.</summary>
    public void GiveTo(Dispatch.Dispatcher dispatcher)
    {
        int start = 0, run = 0;
        foreach ((int end, ushort type) in _dispatched)
        {
            while (end > _runs[run].Start + _runs[run].Length)
                run++;
            if (!_runs[run].Answer.IsFatal)
                dispatcher.Give(type, _lines.AsSpan(start, end - start - 1));
            start = end;
        }

        dispatcher.Publish();
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Array.Clear(_runs, 0, _count);
        _dispatched.Clear();
        _length = _count = Records = 0;
        IsHeld = HasStreams = false;
    }

    // Of a stream one reply answers all messages in a row; of another sender each has its own.
    ref RemoteRun Enter(RemoteClient client, KnownHost? host, uint? sequence, RemoteMessageType? refusal = null)
    {
        if (client.Stream is { } stream)
        {
            HasStreams = true;
            stream.Owed++;
        }

        ref RemoteRun last = ref _runs[Math.Max(0, _count - 1)];
        bool isJoined = (client.Stream is not null || sequence is null) && refusal is null && last.Client == client && last.IsAnswered == sequence is not null && !last.IsRefused;

        // What has no host has no line either.
        if (_count > 0 && isJoined && (host is null || last.Host is null || last.Host == host))
        {
            last.Host ??= host;
            last.Last = sequence ?? 0;
            last.Messages++;
            return ref last;
        }

        if (_count == _runs.Length)
            Array.Resize(ref _runs, _count * 2);
        if (sequence is not null)
            client.OwedReplies++;
        ref RemoteRun run = ref _runs[_count++];
        run = new RemoteRun { Client = client, Host = host, First = sequence ?? 0, Last = sequence ?? 0, Messages = 1, IsAnswered = sequence is not null, Start = _length };
        if (refusal is { } answer)
            (run.IsRefused, run.Answer) = (true, answer);
        return ref run;
    }
}
