using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon.Remote;

/// <summary>Records of other machines on their way to the trail, and whom each is to be acknowledged to.</summary>
/// <remarks>Filled by the receiver's thread, then read by the write stage, then by the receiver again: one of them has it at a time.</remarks>
sealed class RemoteBatch
{
    /// <summary>A batch is handed on at this size.</summary>
    public const int LineBytesMax = 256 * 1024;

    readonly byte[] _lines = new byte[LineBytesMax + RemoteHeader.TextBytesMax + ReceivedText.OverheadBytes + 1];
    readonly List<RemoteReply> _replies = [];
    readonly List<(int End, ushort Type)> _dispatched = [];
    int _length;
    volatile bool _isHeld;

    /// <summary>Whole lines for the trail, each with its line feed.</summary>
    public ReadOnlySpan<byte> Lines => _lines.AsSpan(0, _length);

    /// <summary>How many lines.</summary>
    public int Records { get; private set; }

    /// <summary>Of those, the ones that nobody sends again where the disk refuses: they came as lines.</summary>
    public int UnansweredRecords { get; set; }

    /// <summary>Whom what is to be acknowledged to.</summary>
    public List<RemoteReply> Replies => _replies;

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _replies.Count == 0 && _dispatched.Count == 0;

    /// <summary>Whether it takes no more.</summary>
    public bool IsFull => _length >= LineBytesMax;

    /// <summary>What the write stage did with it.</summary>
    public RemoteMessageType Answer { get; set; }

    /// <summary>Whether the write stage is to be asked again: its sink was held.</summary>
    public bool IsHeld
    {
        get => _isHeld;
        set => _isHeld = value;
    }

    /// <summary>Where the next line may be written.</summary>
    public Span<byte> Room => _lines.AsSpan(_length);

    /// <summary>Adds the line that was written into <see cref="Room"/>.</summary>
    /// <remarks>An end of an event says nothing that a reader needs; audisp-remote doesn't send it either.</remarks>
    public void Add(RecordType type, int length)
    {
        if (type == RecordType.Eoe)
            return;
        _lines[_length + length] = (byte)'\n';
        _length += length + 1;
        _dispatched.Add((_length, (ushort)type));
        Records++;
    }

    /// <summary>Adds what is to be acknowledged once the batch is written.</summary>
    /// <remarks>Of a stream one reply answers all messages in a row.</remarks>
    public void Reply(RemoteClient client, uint sequence)
    {
        if (client.Stream is { } stream)
        {
            stream.Owed++;
            if (_replies.Count > 0 && _replies[^1] is var last && last.Client == client)
            {
                _replies[^1] = last with { Last = sequence, Messages = last.Messages + 1 };
                return;
            }
        }

        client.OwedReplies++;
        _replies.Add(new RemoteReply(client, sequence, sequence, 1));
    }

    /// <summary>Gives its lines to plugins.</summary>
    public void GiveTo(Dispatch.Dispatcher dispatcher)
    {
        int start = 0;
        foreach ((int end, ushort type) in _dispatched)
        {
            dispatcher.Give(type, _lines.AsSpan(start, end - start - 1));
            start = end;
        }

        dispatcher.Publish();
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _replies.Clear();
        _dispatched.Clear();
        _length = Records = UnansweredRecords = 0;
        IsHeld = false;
    }
}

/// <summary>An acknowledgement that is owed.</summary>
/// <param name="Client">Whom.</param>
/// <param name="First">Of which message on.</param>
/// <param name="Last">Up to which.</param>
/// <param name="Messages">How many.</param>
readonly record struct RemoteReply(RemoteClient Client, uint First, uint Last, int Messages);
