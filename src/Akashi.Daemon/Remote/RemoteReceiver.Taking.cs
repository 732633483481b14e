using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon.Remote;

/// <summary>What a client sends, message by message.</summary>
public sealed partial class RemoteReceiver
{
    void Serve(RemoteClient client)
    {
        if (client.WaitIndex >= 0)
        {
            if ((_wait.IsReadable(client.WaitIndex) || client.Connection.MayHaveMore) && !client.IsAtEnd)
                Hear(client);
            if (client.HasOutput)
                client.Send();
        }

        // What a full batch left may be taken now.
        TakeFrames(client);
    }

    void Hear(RemoteClient client)
    {
        client.Receive();
        client.Heard = _clock.GetTimestamp();
        if (client.IsAtEnd && client.Connection.Tls is { Fault: not (RemoteFault.None or RemoteFault.Cut) } tls)
            Refuse(client, tls.Fault);
    }

    void TakeFrames(RemoteClient client)
    {
        while (TryEmptyPack() && !_filling.IsFull && !client.IsClosed && MaySend(client))
        {
            int taken = RemoteFrames.Take(client.Input, out RemoteFrame frame, out RemoteFault fault);
            if (taken == 0)
            {
                // It could go on for ever with what is no message, and none that follows can be found.
                if (fault != RemoteFault.None)
                    SendAway(client, fault);
                return;
            }

            bool isPack = frame.Type == RemoteMessageType.Pack;
            if (!TryTakeFrame(client, frame))
                return;
            client.Take(taken);

            // A small message may hold much: one a turn, then others have theirs.
            client.IsDeferred = isPack && !client.IsClosed && !client.Input.IsEmpty;
            if (isPack)
                return;
        }
    }

    // False where it has to wait.
    bool TryTakeFrame(RemoteClient client, in RemoteFrame frame)
    {
        client.SendsLines |= !frame.IsManaged;
        switch (frame.Type)
        {
            case RemoteMessageType.Message:
                TakeRecord(client, frame);
                break;
            case RemoteMessageType.Pack:
                if (!TryOpenPack(client, frame))
                    SendAway(client, RemoteFault.Pack);
                break;
            case RemoteMessageType.Heartbeat when frame.Text.SequenceEqual(RemotePacking.Offer):
                SayAccepted(client);
                AnswerOffer(client, frame.Sequence);
                break;
            case RemoteMessageType.Heartbeat:
                SayAccepted(client);
                if (RemoteHello.TryReadSender(frame.Text, out RemoteHello hello))
                    return TryBeginStream(client, hello, frame.Sequence);
                HearBeat(client, frame.Text);
                client.Reply(RemoteMessageType.Acknowledgement, frame.Sequence);
                client.Send();
                break;
            default:
                SendAway(client, RemoteFault.Type);
                break;
        }

        return true;
    }

    // What is no record is acknowledged: its sender would send it for ever, and nothing behind it.
    void TakeRecord(RemoteClient client, in RemoteFrame frame)
    {
        if (client.IsRefusing)
            return;
        client.Allowance?.Spend();
        int length = _text.Write(
            frame.Text, client.Address, client.Connection.Peer.IsThisMachine, _filling.Room, out RecordType type, out RemoteFault fault, client.Connection.Tls?.Peer);
        uint? sequence = frame.IsManaged ? frame.Sequence : null;
        if (frame.IsManaged || length > 0)
            SayAccepted(client);
        if (fault == RemoteFault.NodeForged && length > 0)
            SayRenamed(client, frame.Text);
        if (length == 0)
        {
            Refuse(client, fault);
            if (client.Host is { } host)
                host.Refused++;
            if (frame.IsManaged)
                _filling.AddUnwritten(client, null, frame.Sequence);
            return;
        }

        KnownHost from = Meet(client, _filling.Room[..length]);
        if (from.IsFull && frame.IsManaged)
        {
            RefuseFull(client, from, frame.Sequence);
            return;
        }

        _filling.Add(client, from, type, length, sequence);
        Volatile.Write(ref _received, _received + 1);
    }

    void Refuse(RemoteClient client, RemoteFault fault)
    {
        client.Refused++;
        client.RefusedFault = fault;
        Volatile.Write(ref _refused, _refused + 1);
    }

    void SendAway(RemoteClient client, RemoteFault fault)
    {
        Refuse(client, fault);
        client.Take(client.Input.Length);
        client.Dispose();
    }
}
