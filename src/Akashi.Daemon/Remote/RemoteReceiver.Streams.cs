using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>Senders of our own: many records under way, and none of them twice though a connection breaks.</summary>
/// <remarks>
/// What a broken connection had sent and the trail has is told to the sender when it comes back, by the position of the record that is wanted next. It's known in memory
/// alone: a receiver that was killed takes again what its sender has no acknowledgement of.
/// </remarks>
public sealed partial class RemoteReceiver
{
    const int StreamsMax = 4096;

    readonly Dictionary<(string Address, UInt128 Stream), RemoteStream> _streams = [];

    // The records of the sender's connection before this one come first; what of it wasn't taken yet is sent again.
    bool TryBeginStream(RemoteClient client, in RemoteHello hello, uint sequence)
    {
        RemoteStream stream = FindStream(client.Connection.Peer.Text, hello);
        if (stream.Owner is { } former && former != client && !former.IsClosed)
            former.Dispose();
        stream.Owner = client;
        if (stream.Owed > 0)
            return false;
        if (stream.Next < hello.Position || stream.Next > hello.Position + stream.Window)
            stream.Next = hello.Position;
        client.Stream = stream;
        stream.Window = RemoteHello.WindowMax;
        Span<byte> text = stackalloc byte[RemoteHello.TextBytesMax];
        text = text[..new RemoteHello(default, RemoteHello.WindowMax, stream.Next).Write(text)];
        client.Reply(RemoteMessageType.Acknowledgement, sequence, text);
        client.Send();
        return true;
    }

    // One too many: the one that has been away longest isn't known; any that has no connection will do.
    RemoteStream FindStream(string address, in RemoteHello hello)
    {
        if (_streams.TryGetValue((address, hello.Stream), out RemoteStream? stream))
            return stream;
        if (_streams.Count >= StreamsMax)
            _streams.Remove(_streams.First(pair => pair.Value.Owner is not { IsClosed: false } && pair.Value.Owed == 0).Key);
        stream = new RemoteStream { Next = hello.Position };
        _streams.Add((address, hello.Stream), stream);
        return stream;
    }

    static void Land(RemoteStream stream, in RemoteReply reply, RemoteMessageType answer)
    {
        stream.Owed -= reply.Messages;
        if (answer.IsFatal)
            reply.Client.IsRefusing = true;
        else
            stream.Next += reply.Messages;
    }
}
