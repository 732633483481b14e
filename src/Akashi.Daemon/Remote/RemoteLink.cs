using Akashi.Host;
using Akashi.Linux.Compression;
using Akashi.Linux.Sockets;
using Akashi.Linux.Tls;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>How waiting for a reply ended.</summary>
enum ReplyOutcome
{
    /// <summary>A reply came.</summary>
    Reply,

    /// <summary>The time ran out, or somebody woke who waits.</summary>
    None,

    /// <summary>The other side closed the connection, or it broke.</summary>
    Closed,

    /// <summary>What came is no reply of this protocol.</summary>
    NoReply,
}

/// <summary>A sender's connection to a receiver: whole messages out, replies in, each with a limit.</summary>
/// <remarks>Used by one thread; <see cref="WaitList.Wake"/> ends its waits.</remarks>
/// <param name="connection">The connection.</param>
/// <param name="wait">What its owner waits with.</param>
/// <param name="clock">The clock.</param>
sealed class RemoteLink(TcpConnection connection, WaitList wait, TimeProvider clock) : IDisposable
{
    /// <summary>The other side says nothing to the handshake of TLS.</summary>
    public const string NoHandshake = "no answer to the handshake";

    const int OutputBytes = 128 * 1024;

    /// <summary>How much we put into a pack: it's known to get small enough where records are as they use to be.</summary>
    public const int PackBytesMax = 32 * 1024;

    readonly byte[] _output = new byte[OutputBytes];
    readonly byte[] _replyText = new byte[RemoteHello.TextBytesMax];
    readonly byte[] _input = new byte[RemoteFrames.BytesMax];
    int _inputLength;
    int _outputStart;
    int _outputEnd;
    int _replyTextLength;

    /// <summary>How many records may be under way; 0 for one message, to a receiver that isn't ours.</summary>
    public int Window { get; set; }

    /// <summary>The text of the last reply; cut to the room for a hello.</summary>
    public ReadOnlySpan<byte> ReplyText => _replyText.AsSpan(0, _replyTextLength);

    /// <summary>Why it broke, with a colon before it; empty where that isn't known.</summary>
    public string BreakReason => TlsAlert.IsAlert(_input.AsSpan(0, _inputLength)) ? ": the other side takes TLS alone (transport = tls)" : connection.BreakReason;

    /// <summary>Whether there is room for another message of a stream.</summary>
    public bool HasRoom => OutputBytes - _outputEnd >= RemoteFrames.BytesMax;

    /// <summary>Whether the receiver takes packs.</summary>
    public bool TakesPacks { get; set; }

    /// <summary>Whether there is room for a pack, or for its records one by one.</summary>
    public bool HasRoomForPack => OutputBytes - _outputEnd >= PackBytesMax * 2;

    /// <summary>Has everything from now on go through TLS: does the handshake.</summary>
    /// <param name="context">This end.</param>
    /// <param name="server">What the receiver's certificate must be for.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <returns>Null; or why it wasn't done, <see cref="NoHandshake"/> where the time ran out.</returns>
    public string? Secure(TlsContext context, string server, TimeSpan timeout)
    {
        TlsSession session = connection.Secure(context, server);
        long began = clock.GetTimestamp();
        while (session.TryHandshake())
        {
            if (session.IsReady)
                return null;
            TimeSpan left = timeout - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return NoHandshake;
            wait.Clear();
            wait.Watch(connection, reads: true, writes: false);
            wait.Wait(left);
        }

        return session.Reason;
    }

    /// <summary>Puts records of a stream behind what is to be sent, packed.</summary>
    /// <param name="sequence">Of the first.</param>
    /// <param name="plain">The records, as a pack holds them; at most <see cref="PackBytesMax"/>.</param>
    /// <param name="zstd">Packs.</param>
    /// <returns>False where they don't get small enough; nothing is put then.</returns>
    public bool TryPutPack(uint sequence, ReadOnlySpan<byte> plain, ZstdBlocks zstd)
    {
        Span<byte> room = _output.AsSpan(_outputEnd);
        int length = zstd.Pack(plain, room.Slice(RemoteHeader.Bytes, Math.Min(plain.Length, RemoteHeader.TextBytesMax)));
        if (length == 0)
            return false;
        new RemoteHeader(RemoteMessageType.Pack, length, sequence).Write(room);
        _outputEnd += RemoteHeader.Bytes + length;
        return true;
    }

    /// <summary>Puts a record of a stream behind what is to be sent.</summary>
    public void Put(uint sequence, ReadOnlySpan<byte> text)
    {
        Span<byte> room = _output.AsSpan(_outputEnd);
        new RemoteHeader(RemoteMessageType.Message, text.Length, sequence).Write(room);
        text.CopyTo(room[RemoteHeader.Bytes..]);
        _outputEnd += RemoteHeader.Bytes + text.Length;
    }

    /// <summary>Sends what there is room for of what was put.</summary>
    /// <returns>False where the connection is broken.</returns>
    public bool TryFlush()
    {
        int count = connection.Write(_output.AsSpan(_outputStart, _outputEnd - _outputStart));
        if (count < 0)
            return false;
        _outputStart += count;
        if (_outputStart == _outputEnd)
            _outputStart = _outputEnd = 0;
        return true;
    }

    /// <summary>Sends a message.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="text">What it says.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <returns>Null; or why it wasn't sent.</returns>
    public string? Send(RemoteMessageType type, uint sequence, ReadOnlySpan<byte> text, TimeSpan timeout)
    {
        new RemoteHeader(type, text.Length, sequence).Write(_output);
        text.CopyTo(_output.AsSpan(RemoteHeader.Bytes));
        return Send(RemoteHeader.Bytes + text.Length, timeout);
    }

    /// <summary>Sends a line.</summary>
    /// <inheritdoc cref="Send(RemoteMessageType, uint, ReadOnlySpan{byte}, TimeSpan)"/>
    public string? SendLine(ReadOnlySpan<byte> text, TimeSpan timeout)
    {
        text.CopyTo(_output);
        _output[text.Length] = (byte)'\n';
        return Send(text.Length + 1, timeout);
    }

    /// <summary>Receives a reply that is there, or comes in time.</summary>
    /// <param name="reply">Its header; what text it has is passed over.</param>
    /// <param name="timeout">How long to wait; zero to look only. A wake ends it early.</param>
    public ReplyOutcome Receive(out RemoteHeader reply, TimeSpan timeout)
    {
        ReplyOutcome outcome = Take(out reply);
        if (outcome != ReplyOutcome.None)
            return outcome;
        if (timeout > TimeSpan.Zero && !connection.MayHaveMore)
        {
            wait.Clear();
            int index = wait.Watch(connection, reads: true, writes: _outputEnd > _outputStart);
            wait.Wait(timeout);
            if (!wait.IsReadable(index))
                return ReplyOutcome.None;
        }

        int count = connection.Read(_input.AsSpan(_inputLength));
        if (count == TcpConnection.Dry)
            return ReplyOutcome.None;
        if (count <= 0)
            return ReplyOutcome.Closed;
        _inputLength += count;
        return Take(out reply);
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => connection.Dispose();

    ReplyOutcome Take(out RemoteHeader reply)
    {
        reply = default;
        if (_inputLength < RemoteHeader.Bytes)
            return ReplyOutcome.None;
        if (!RemoteHeader.TryRead(_input, out reply, out _) || !reply.Type.IsReply)
            return ReplyOutcome.NoReply;
        int length = RemoteHeader.Bytes + reply.TextBytes;
        if (_inputLength < length)
            return ReplyOutcome.None;
        _replyTextLength = Math.Min(reply.TextBytes, _replyText.Length);
        _input.AsSpan(RemoteHeader.Bytes, _replyTextLength).CopyTo(_replyText);
        _input.AsSpan(length, _inputLength - length).CopyTo(_input);
        _inputLength -= length;
        return ReplyOutcome.Reply;
    }

    string? Send(int length, TimeSpan timeout)
    {
        long began = clock.GetTimestamp();
        int sent = 0;
        while (true)
        {
            int count = connection.Write(_output.AsSpan(sent, length - sent));
            if (count < 0)
                return "the connection is broken" + BreakReason;
            sent += count;
            if (sent == length)
                return null;
            TimeSpan left = timeout - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return "it takes no more";
            wait.Clear();
            wait.Watch(connection, reads: false, writes: true);
            wait.Wait(left);
        }
    }
}
