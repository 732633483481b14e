using System.Net.Sockets;
using Akashi.Daemon.Remote;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>A receiver that goes by tcp_wrappers' rules.</summary>
public sealed class WrapperTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ScriptedWrappers _wrappers = new();

    public void Dispose()
    {
        _wrappers.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Who_is_kept_out_is_told_nothing_and_stands_in_the_trail()
    {
        using ReceivingTrail trail = Receive("auditd: ALL EXCEPT 127.0.0.2\n");
        _wrappers.Allowed.Add("127.0.0.2");

        Assert.Null(ReceivingTrail.Reply(trail.Connect()));
        Assert.True(IsServed(trail.Connect("127.0.0.2")));
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ACCEPT").Any(line => line.Contains("op=wrap addr=127.0.0.1 port=") && line.EndsWith(" res=no", StringComparison.Ordinal)), "not said");
    }

    [Fact]
    public void While_a_name_is_looked_for_others_are_served()
    {
        using ReceivingTrail trail = Receive("auditd: ALL EXCEPT .example\n");
        _wrappers.Names["127.0.0.1"] = "web.example";
        _wrappers.Names["127.0.0.2"] = "db.example";
        _wrappers.Allowed.UnionWith(["web.example", "db.example"]);
        Socket served = trail.Connect();
        Assert.True(IsServed(served));

        _wrappers.Answers.Reset();
        Socket waiting = trail.Connect("127.0.0.2");
        waiting.Send(ReceivingTrail.Message(1, ReceivingTrail.Record(1)));
        ReceivingTrail.WaitFor(() => Volatile.Read(ref _wrappers.Lookups) == 2, "no name is looked for");
        Assert.True(IsServed(served, 2));
        Assert.Equal(0, waiting.Available);

        _wrappers.Answers.Set();
        Assert.Equal((RemoteMessageType.Acknowledgement, 1u, ""), ReceivingTrail.Reply(waiting));
    }

    [Fact]
    public void A_name_is_looked_for_once_for_many_connections_of_an_address()
    {
        using ReceivingTrail trail = Receive("auditd: ALL EXCEPT .example\n");
        _wrappers.Names["127.0.0.1"] = "web.example";
        _wrappers.Allowed.Add("web.example");
        for (int count = 0; count < 5; count++)
            Assert.True(IsServed(trail.Connect()));

        Assert.Equal(1, _wrappers.Lookups);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void A_name_that_is_not_found_in_three_seconds_is_unknown()
    {
        using ReceivingTrail trail = Receive("auditd: ALL EXCEPT .example, 127.0.0.1\n");
        _wrappers.Allowed.Add("127.0.0.1");
        _wrappers.Answers.Reset();

        Socket known = trail.Connect(), unknown = trail.Connect("127.0.0.2");

        Assert.True(IsServed(known));
        Assert.Null(ReceivingTrail.Reply(unknown));
        Assert.Equal([("auditd", "unknown", "127.0.0.1"), ("auditd", "unknown", "127.0.0.2")], _wrappers.Asked);
    }

    ReceivingTrail Receive(string denying)
    {
        var files = new WrapperFiles(_folder["hosts.allow"], _folder["hosts.deny"]);
        File.WriteAllText(files.Denying, denying);
        return new ReceivingTrail(ReceivingTrail.Default with { Wrappers = new WrapperGate(() => _wrappers, files, TimeProvider.System, _ => { }) });
    }

    static bool IsServed(Socket client, int serial = 1)
    {
        client.Send(ReceivingTrail.Message((uint)serial, ReceivingTrail.Record(serial)));
        return ReceivingTrail.Reply(client) is (RemoteMessageType.Acknowledgement, _, _);
    }
}
