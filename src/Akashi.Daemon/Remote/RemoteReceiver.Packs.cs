using Akashi.Linux.Compression;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>Packs: many records in one message, from senders of our own that asked for it.</summary>
/// <remarks>One pack is open at a time: where the batch for the trail is full before it's empty, nobody's messages are taken anyway, and it goes first at the next turn.</remarks>
public sealed partial class RemoteReceiver
{
    readonly byte[] _plain = new byte[RemotePacking.PlainBytesMax];
    ZstdBlocks? _zstd;
    RemoteClient? _packed;
    uint _packedSequence;
    int _plainStart;
    int _plainEnd;

    void AnswerOffer(RemoteClient client, uint sequence)
    {
        _zstd ??= ZstdBlocks.TryMake();
        Span<byte> text = stackalloc byte[RemotePacking.TextBytesMax];
        text = _zstd is not null && client.Stream is not null ? text[..RemotePacking.WriteAnswer(text)] : default;
        if (!text.IsEmpty)
        {
            client.SendsPacks = true;
            client.Stream!.Window = RemotePacking.WindowMax;
        }

        client.Reply(RemoteMessageType.Acknowledgement, sequence, text);
        client.Send();
    }

    bool TryOpenPack(RemoteClient client, in RemoteFrame frame)
    {
        if (client.IsRefusing)
            return true;
        int length = client.SendsPacks ? _zstd!.Unpack(frame.Text, _plain) : -1;
        if (length < 0 || !RemotePacking.IsWhole(_plain.AsSpan(0, length)))
            return false;
        (_packed, _packedSequence, _plainStart, _plainEnd) = (client, frame.Sequence, 0, length);
        TryEmptyPack();
        return true;
    }

    // False where there is no room for all of it.
    bool TryEmptyPack()
    {
        while (_packed is { IsClosed: false } client && !_filling.IsFull && _plainStart < _plainEnd)
        {
            _plainStart += RemotePacking.Take(_plain.AsSpan(_plainStart, _plainEnd - _plainStart), out ReadOnlySpan<byte> text);
            TakeRecord(client, new RemoteFrame(true, RemoteMessageType.Message, _packedSequence++, text));
        }

        if (_packed is { IsClosed: false } && _plainStart < _plainEnd)
            return false;
        _packed = null;
        return true;
    }
}
