using Akashi.Linux.Compression;
using Akashi.Records;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>Sending to a receiver of our own: many records under way, acknowledged together, and none sent twice after a break.</summary>
public sealed partial class RemoteSender
{
    const uint HelloSequence = 1;

    // Fewer go as they are: they wait for nothing, and packing saves little.
    const int PackRecordsMin = 4;

    readonly byte[] _plain = new byte[RemoteLink.PackBytesMax];
    ZstdBlocks? _zstd;

    uint _oldestUnderWay;
    int _underWay;

    // An original answers as to any heartbeat, and one record at a time it is.
    string? Greet()
    {
        Span<byte> text = stackalloc byte[RemoteHello.TextBytesMax];
        lock (_gate)
            text = text[..new RemoteHello(_queue.Stream, 0, _queue.Position).Write(text)];
        if (TrySend(RemoteMessageType.Heartbeat, HelloSequence, text, TimeMax) is { } reason)
            return reason;
        if (_link is null || !RemoteHello.TryReadReceiver(_link.ReplyText, out RemoteHello answer))
            return null;
        _link.Window = answer.Window;
        return DropReceived(answer.Position) ?? OfferPacks();
    }

    // A receiver from before there were packs answers as to any heartbeat.
    string? OfferPacks()
    {
        if (!_configuration.Packs || (_zstd ??= ZstdBlocks.TryMake()) is null)
            return null;
        if (TrySend(RemoteMessageType.Heartbeat, HelloSequence, RemotePacking.Offer, TimeMax) is { } reason)
            return reason;
        if (_link is not null && RemotePacking.TryReadAnswer(_link.ReplyText, out int window))
            (_link.TakesPacks, _link.Window) = (true, window);
        return null;
    }

    // So that a receiver of ours knows who sends, though no heartbeats are configured.
    string? Introduce() =>
        _link?.Window > 0 ? TrySend(RemoteMessageType.Heartbeat, ++_sequence, DescribeSelf(), TimeMax) : null;

    byte[] DescribeSelf() => new RemoteBeat(
        _clock.GetUtcNow().ToUnixTimeMilliseconds(), Interlocked.Read(ref _givenUp) + Interlocked.Read(ref _damaged), Version).ToBytes();

    // What the connection before this one had sent, and whose acknowledgement didn't come.
    string? DropReceived(long position)
    {
        long received;
        lock (_gate)
            received = position - _queue.Position;
        if (received < 0 || received > Math.Min(RemotePacking.WindowMax, _queue.Count))
            return $"{_configuration.Server} wants record {position}, which isn't here";
        for (; received > 0; received--)
            NoteReceived();
        return null;
    }

    /// <summary>Sends until nothing waits and all is acknowledged, or something else is to be done.</summary>
    /// <returns>Null; or why the connection is of no use any more.</returns>
    string? Stream()
    {
        long progressed = _clock.GetTimestamp();
        while (true)
        {
            // Before a pause or a change what is under way is waited for.
            if (!_isSuspended && !_isStopped && _wanted is null && !IsEndDue())
                Fill();
            if (!_link!.TryFlush())
                return "the connection is broken" + _link.BreakReason;
            if (_underWay == 0)
                return null;
            TimeSpan left = TimeMax - _clock.GetElapsedTime(progressed);
            if (left <= TimeSpan.Zero)
                return $"ack from {_configuration.Server} timed out";
            switch (_link.Receive(out RemoteHeader reply, left))
            {
                case ReplyOutcome.Reply:
                    progressed = _clock.GetTimestamp();
                    if (!TryHear(reply, out bool isOver))
                        return "mismatched response";
                    if (isOver)
                        return null;
                    break;
                case ReplyOutcome.Closed:
                    return $"connection to {_configuration.Server} closed unexpectedly{_link.BreakReason}";
                case ReplyOutcome.NoReply:
                    return "bad magic number";
            }
        }
    }

    // The input ends at any moment: whoever asks first begins the time that is left.
    bool IsEndDue()
    {
        if (_isEnding && _endingSince == 0)
            _endingSince = _clock.GetTimestamp();
        return _isEnding && _clock.GetElapsedTime(_endingSince) > TimeMax;
    }

    void Fill()
    {
        lock (_gate)
        {
            while (_underWay < _link!.Window && _link.HasRoom && _queue.Unread > 0)
            {
                ReadOnlySpan<byte> text = _text.AsSpan(0, _queue.PeekNext(_text));

                // A damaged one goes when it is the oldest.
                if (!Record.TryParse(text, out _, out _))
                    return;
                if (_link.TakesPacks && _queue.Unread >= PackRecordsMin)
                {
                    if (!_link.HasRoomForPack)
                        return;
                    FillPack();
                    continue;
                }

                _link.Put(++_sequence, text);
                PutUnderWay(1);
                _queue.Advance();
            }
        }
    }

    void PutUnderWay(int records)
    {
        if (_underWay == 0)
            _oldestUnderWay = _sequence - (uint)records + 1;
        _underWay += records;
    }

    void FillPack()
    {
        int length = 0, records = 0;
        while (_queue.Unread > 0 && _underWay + records < _link!.Window)
        {
            ReadOnlySpan<byte> text = _text.AsSpan(0, _queue.PeekNext(_text));
            int taken = Record.TryParse(text, out _, out _) ? RemotePacking.Put(text, _plain.AsSpan(length)) : 0;
            if (taken == 0)
                break;
            length += taken;
            records++;
            _queue.Advance();
        }

        ReadOnlySpan<byte> plain = _plain.AsSpan(0, length);
        if (!_link!.TryPutPack(_sequence + 1, plain, _zstd!))
            PutOneByOne(plain);
        else
            _sequence += (uint)records;
        PutUnderWay(records);
    }

    // What doesn't get smaller: text in hexadecimal digits of random bytes, say.
    void PutOneByOne(ReadOnlySpan<byte> plain)
    {
        while (!plain.IsEmpty)
        {
            plain = plain[RemotePacking.Take(plain, out ReadOnlySpan<byte> text)..];
            _link!.Put(++_sequence, text);
        }
    }

    bool TryHear(in RemoteHeader reply, out bool isOver)
    {
        isOver = true;
        if (reply.Type == RemoteMessageType.Ending)
        {
            HearEnding();
            return true;
        }

        uint index = reply.Sequence - _oldestUnderWay;
        if (index >= _underWay)
            return false;
        if (reply.Type.IsFatal)
        {
            // The receiver takes nothing more of this connection; what an action gives up is the record it refused.
            Answer(RemoteMessageType.Message, reply.Type);
            Disconnect();
            return true;
        }

        for (uint left = index; left > 0; left--)
            NoteReceived();
        Answer(RemoteMessageType.Message, reply.Type);
        _underWay -= (int)index + 1;
        _oldestUnderWay = reply.Sequence + 1;
        isOver = _isStopped;
        return true;
    }
}
