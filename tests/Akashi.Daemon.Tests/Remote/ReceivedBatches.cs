using System.Net;
using System.Text;
using Akashi.Daemon.Remote;
using Akashi.Linux.Sockets;
using Akashi.Tables;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>Batches of a client that sends nothing by itself.</summary>
static class ReceivedBatches
{
    public static RemoteClient Client()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return new RemoteClient(TcpConnection.Connect("127.0.0.1", port, 0, TimeSpan.FromSeconds(5)), 0);
    }

    /// <summary>A record of each text.</summary>
    public static RemoteBatch Of(RemoteClient client, IReadOnlyList<string> texts)
    {
        var batch = new RemoteBatch();
        var host = new KnownHost("a");
        uint sequence = 1;
        foreach (string text in texts)
            batch.Add(client, host, RecordType.Test, Encoding.ASCII.GetBytes($"node=a type=TEST msg=audit(1626611363.720:{++sequence}): {text}", batch.Room), sequence);
        return batch;
    }
}
