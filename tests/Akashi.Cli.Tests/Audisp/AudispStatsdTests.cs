using System.Net;
using System.Net.Sockets;
using System.Text;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Audisp;

/// <summary>audisp-statsd as a process, with a server on loopback.</summary>
public sealed class AudispStatsdTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = (int)PluginProgram.Limit.TotalMilliseconds };

    public AudispStatsdTests() => _server.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Events_are_counted_and_sent()
    {
        File.WriteAllText(_folder["conf"], $"# here\naddress = 127.0.0.1\nport = {((IPEndPoint)_server.LocalEndPoint!).Port}\ninterval = 1h\n");
        using var plugin = new PluginProgram("audisp-statsd", _folder["conf"]);

        plugin.Send(
            "type=USER_LOGIN msg=audit(1.000:1): pid=1 uid=0 msg='op=login res=success'\n" +
            "type=USER_LOGIN msg=audit(1.000:2): pid=1 uid=0 msg='op=login res=failed'\n" +
            "type=AVC msg=audit(1.000:3): avc:  denied  { read } for  pid=1\n" +
            "type=SYSCALL msg=audit(1.000:3): arch=c000003e syscall=2 success=no exit=-13\n" +
            "type=PROCTITLE msg=audit(1.000:3): proctitle=\"x\"\n" +
            "type=FANOTIFY msg=audit(1.000:4): resp=1\n" +
            "type=ANOM_ABEND msg=audit(1.000:5): sig=11 res=1\n" +
            "type=ANOM_LOGIN_FAILURES msg=audit(1.000:7): pid=1 msg='res=success'\n" +
            "type=RESP_ACCT_LOCK msg=audit(1.000:6): pid=1 msg='res=success'\n");
        Assert.Equal((0, "", ""), plugin.End());

        string[] lines = Receive();
        Assert.Equal(
            ["events.total_count:7|c", "events.total_failed:2|c", "events.avc_count:1|c", "events.fanotify_count:1|c", "events.logins_success:1|c", "events.logins_failed:1|c",
                "events.anomaly_count:1|c", "events.response_count:1|c"],
            lines.Where(line => line.EndsWith("|c", StringComparison.Ordinal)));
        if (Environment.IsPrivilegedProcess)
            Assert.Equal(2, lines.Count(line => line.StartsWith("kernel.", StringComparison.Ordinal)));
    }

    [Trait("Category", "Long")]
    [Fact]
    public void An_interval_later_the_counts_begin_anew()
    {
        File.WriteAllText(_folder["conf"], $"address = localhost\nport = {((IPEndPoint)_server.LocalEndPoint!).Port}\ninterval = 1s\n");
        using var plugin = new PluginProgram("audisp-statsd", _folder["conf"]);

        plugin.Send("type=TEST msg=audit(1.000:1): a\n");

        PluginProgram.WaitFor(() => Receive().Contains("events.total_count:1|c"), "it is not counted");
        Assert.Contains("events.total_count:0|c", Receive());
    }

    [Theory]
    [InlineData("port = 99999\naddress = localhost\nintervall = 3\n", ":1: port is '99999', not a number from 1 to 65535", ":3: unknown keyword 'intervall': address, port and interval are known")]
    [InlineData("address = localhost\n", ": address and port are needed")]
    [InlineData("address = localhost\nport = 1\ninterval = 5y\n", ":3: interval is '5y', not a number above 0 and s, m, h, d or M, up to ten years")]
    public void A_wrong_file_is_1_with_every_fault(string text, params string[] faults)
    {
        File.WriteAllText(_folder["conf"], text);
        using var plugin = new PluginProgram("audisp-statsd", _folder["conf"]);

        Assert.Equal((1, "", string.Concat(faults.Select(fault => $"audisp-statsd: {_folder["conf"]}{fault}\n"))), plugin.End());
    }

    string[] Receive()
    {
        byte[] bytes = new byte[64 * 1024];
        return Encoding.ASCII.GetString(bytes, 0, _server.Receive(bytes)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
