using System.Text;
using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Tests.Remote;

/// <summary>tls_allowed_clients, keys, and what becomes of nodes' names.</summary>
public sealed class TlsClientsTests
{
    [Fact]
    public void Each_line_says_who_may_connect()
    {
        TlsClients clients = Parse("# comment\n\nweb enabled the shop's machine\ndb  disabled\nold deny\nrelay allow key=/etc/audit/relay.psk node=a node=b.example\n", out DiagnosticBag diagnostics);

        Assert.Empty(diagnostics.All);
        Assert.Equal(4, clients.All.Count);
        Assert.True(clients.Find("WEB") is { IsAllowed: true, KeyFile: "", Nodes: [] });
        Assert.False(clients.Find("db")!.IsAllowed || clients.Find("old")!.IsAllowed);
        Assert.True(clients.Find("relay") is { KeyFile: "/etc/audit/relay.psk", Nodes: ["a", "b.example"] });
        Assert.Null(clients.Find("relay2"));
    }

    [Theory]
    [InlineData("web", "'web' is followed by '', not by enabled or disabled")]
    [InlineData("web permit", "'web' is followed by 'permit', not by enabled or disabled")]
    [InlineData("a=b allow", "'a=b' is no name")]
    [InlineData("web allow key=web.psk", "key= of 'web' is 'web.psk', not an absolute path")]
    [InlineData("web allow node=", "node= of 'web' is '', not a name or *")]
    [InlineData("web allow\nWeb deny", "f:2: 'Web' is there twice")]
    public void What_is_wrong_is_said_with_its_line(string text, string fault)
    {
        Parse(text, out DiagnosticBag diagnostics);

        Assert.Contains(fault, Assert.Single(diagnostics.All).ToString());
        Assert.True(diagnostics.HasErrors);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(512, true)]
    [InlineData(62, false)]
    [InlineData(65, false)]
    [InlineData(514, false)]
    public void A_key_has_32_to_256_bytes(int digits, bool isKey)
    {
        Assert.Equal(isKey, TlsSharedKey.TryRead(" " + new string('a', digits) + " \n", out byte[] key));
        Assert.Equal(isKey ? digits / 2 : 0, key.Length);
        Assert.False(TlsSharedKey.TryRead(new string('a', 63) + "g", out _));
    }

    [Theory]
    [InlineData("node=web type=TEST msg=audit(1.000:1): x", NodeCheck.Rename, "node=web type=TEST msg=audit(1.000:1): x", RemoteFault.None)]
    [InlineData("node=Web.Example type=TEST msg=audit(1.000:1): x", NodeCheck.Rename, "node=web.example type=TEST msg=audit(1.000:1): x", RemoteFault.None)]
    [InlineData("type=TEST msg=audit(1.000:1): x", NodeCheck.Refuse, "node=web type=TEST msg=audit(1.000:1): x", RemoteFault.None)]
    [InlineData("node=db type=TEST msg=audit(1.000:1): x", NodeCheck.Rename, "node=web type=TEST msg=audit(1.000:1): x", RemoteFault.NodeForged)]
    [InlineData("node=db type=TEST msg=audit(1.000:1): x", NodeCheck.Refuse, "", RemoteFault.NodeForged)]
    [InlineData("node=db type=TEST msg=audit(1.000:1): x", NodeCheck.No, "node=db type=TEST msg=audit(1.000:1): x tls=web", RemoteFault.None)]
    [InlineData("node=behind type=TEST msg=audit(1.000:1): x", NodeCheck.Refuse, "node=behind type=TEST msg=audit(1.000:1): x tls=web", RemoteFault.None)]
    [InlineData("node=BEHIND type=TEST msg=audit(1.000:1): x", NodeCheck.Refuse, "node=behind type=TEST msg=audit(1.000:1): x tls=web", RemoteFault.None)]
    [InlineData("node=wEb", NodeCheck.Refuse, "", RemoteFault.NoRecord)]
    [InlineData("node=Collector type=TEST msg=audit(1.000:1): x", NodeCheck.No, "", RemoteFault.OwnNode)]
    [InlineData("node=db node=web type=TEST msg=audit(1.000:1): x", NodeCheck.Rename, "", RemoteFault.NoRecord)]
    [InlineData("node=db garbage", NodeCheck.Rename, "", RemoteFault.NoRecord)]
    [InlineData("node=db", NodeCheck.Refuse, "", RemoteFault.NoRecord)]
    [InlineData("node=collector type=TEST msg=audit(1.000:1): x", NodeCheck.No, "", RemoteFault.OwnNode)]
    public void A_record_is_its_senders(string text, NodeCheck check, string line, RemoteFault expected)
    {
        var peer = new TlsPeer(["web", "web.example"], ["behind"]);
        byte[] room = new byte[text.Length + ReceivedText.OverheadBytes];
        int length = new ReceivedText("collector"u8.ToArray(), check).Write(
            Encoding.ASCII.GetBytes(text), "10.0.0.7"u8, isOwn: false, room, out RecordType _, out RemoteFault fault, peer);

        Assert.Equal((line, expected), (Encoding.ASCII.GetString(room, 0, length), fault));
    }

    static TlsClients Parse(string text, out DiagnosticBag diagnostics) => TlsClients.Parse(text, "f", diagnostics = new DiagnosticBag());
}
