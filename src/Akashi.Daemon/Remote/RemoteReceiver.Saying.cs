using System.Text;
using Akashi.Linux.Sockets;
using Akashi.Records;
using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon.Remote;

/// <summary>What stands in this machine's trail of connections.</summary>
/// <remarks>
/// A connection of plain TCP is said, DAEMON_ACCEPT, with its first message, or after a second: one that ended before, of a port scan say, was nobody's and is one of a sum.
/// </remarks>
public sealed partial class RemoteReceiver
{
    void SayAccepted(RemoteClient client)
    {
        if (client.IsSaid)
            return;
        client.IsSaid = true;
        TcpConnection connection = client.Connection;
        if (connection.Tls is { Peer: { } peer } tls)
            Say(RecordType.DaemonAccept, $"op=tls-accept role=collector addr={connection.Peer.Text} port={connection.Peer.Port} peer=\"{peer.NameText}\" cipher={tls.Suite} res=success");
        else
            Say(RecordType.DaemonAccept, $"addr={connection.Peer.Text} port={connection.Peer.Port} res=success");
    }

    void SayEnd(RemoteClient client)
    {
        TcpAddress peer = client.Connection.Peer;
        if (!client.IsSaid)
        {
            _notSecured.Count(RemoteFaultWords.Of(client.Refused > 0 ? client.RefusedFault : RemoteFault.Silent), peer.Text, peer.Port);
            return;
        }

        SayRefused(client);
        Say(RecordType.DaemonClose, $"addr={peer.Text} port={peer.Port} res=success");
    }

    void SayRefused(RemoteClient client)
    {
        SayForeign(client);
        if (client.Refused == 0 || !client.IsSaid)
            return;
        Say(RecordType.DaemonErr,
            $"op=remote-refused reason={RemoteFaultWords.Of(client.RefusedFault)} addr={client.Connection.Peer.Text} port={client.Connection.Peer.Port} count={client.Refused} res=failed");
        client.Refused = 0;
    }

    // A single one is said with its port; one that wasn't let in as the original says it, without a count.
    void SayTally(RecordType type, string reason, string address, int port, long count)
    {
        bool isSingle = count == 1 && address != RefusalTally.Others;
        string place = isSingle ? $"addr={address} port={port}" : $"addr={address}";
        if (type == RecordType.DaemonAccept)
            Say(type, $"op={reason} {place}{(isSingle ? "" : $" count={count}")} res=no");
        else
            Say(type, $"op=remote-refused reason={reason} {place} count={count} res=failed");
    }

    // Once a connection: what it sends is to be mended there.
    void SayRenamed(RemoteClient client, ReadOnlySpan<byte> text)
    {
        if (client.IsRenamingSaid)
            return;
        client.IsRenamingSaid = true;
        ReadOnlySpan<byte> node = ReceivedText.NodeOf(text);
        node = node[..Math.Min(node.Length, ReceivedText.NodeBytesMax)];
        byte[] encoded = new byte[EncodedText.EncodedLength(node)];
        EncodedText.Encode(node, encoded);
        string peer = client.Connection.Tls!.Peer!.NameText;
        Say(RecordType.DaemonErr,
            $"op=remote-renamed addr={client.Connection.Peer.Text} port={client.Connection.Peer.Port} peer=\"{peer}\" from={Encoding.ASCII.GetString(encoded)} res=success");
        _say($"{peer} sends records of another node: they are written as its own (tls_node_check)");
    }

    void Say(RecordType type, FormattableString text)
    {
        byte[] body = OwnRecords.Body(text);
        Interlocked.Increment(ref _unwritten);
        _write.Post(() =>
        {
            _write.WriteOwn(type, body);
            Interlocked.Decrement(ref _unwritten);
        });
    }
}
