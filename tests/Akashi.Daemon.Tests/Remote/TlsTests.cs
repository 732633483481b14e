using System.Net.Sockets;
using Akashi.Configuration;
using Akashi.Daemon.Remote;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Tls;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>transport = tls over the loopback address, with our sender and with sockets: who is let in, who isn't, and what is said.</summary>
public sealed class TlsTests : IDisposable
{
    readonly TestAuthority _authority = new();
    readonly TlsConfiguration _collector;

    public TlsTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of keys have to be root's");
        _collector = _authority.Issue("collector.example") with { ServerName = "" };
    }

    public void Dispose() => _authority.Dispose();

    static TlsContext Open(TlsConfiguration keys) => TlsOpening.Open(new LinuxHost().Files, keys, receives: true, _ => { });

    static ReceivingTrail Receive(TlsConfiguration keys) => new(ReceivingTrail.Default with { Queue = 1024, Tls = Open(keys) });

    static TlsConfiguration ToCollector(TlsConfiguration keys) => keys with { ServerName = "collector.example" };

    TlsConfiguration Shared(string identity, string? key = null) => new()
    {
        Identity = identity, SharedKeyFile = _authority.WriteSecret($"psk{Random.Shared.Next()}", key ?? new string('a', 64) + "\n"),
    };

    [Trait("Category", "Long")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_connections_break_every_record_arrives_once(bool isShared) => Seeded.Repeat(1, random =>
    {
        TlsConfiguration ours = isShared ? Shared("web") : ToCollector(_authority.Issue("web"));
        using ReceivingTrail trail = Receive(isShared ? Shared("web") : _collector);
        using var proxy = new CuttingProxy(trail.Receiver.Port, random, cuts: 10, bytesMax: isShared ? 12_000 : 60_000);
        using var sender = new RunningSender(proxy.Port, ours, all => all with { Packs = isShared });
        sender.Give(Enumerable.Range(1, 5000).Select(Record));

        ReceivingTrail.WaitFor(() => trail.Lines.Count >= 5000, () => $"{trail.Lines.Count} of 5000 arrive\n{sender.Said}");
        Assert.Equal(Enumerable.Range(1, 5000).Select(Record), trail.Lines);
        Assert.True(proxy.Cuts > 3, $"{proxy.Cuts} cuts");
        Assert.Contains("op=tls-accept role=collector addr=127.0.0.1 port=", trail.OwnLines("DAEMON_ACCEPT")[^1]);
        Assert.Matches("peer=\"web\" cipher=TLS_[A-Z0-9_]+ res=success$", trail.OwnLines("DAEMON_ACCEPT")[^1]);
    });

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("authority", "tls-untrusted", "refuses this one: tlsv1 alert unknown ca")]
    [InlineData("self-signed", "tls-untrusted", "refuses this one: tlsv1 alert unknown ca")]
    [InlineData("expired", "tls-expired", "refuses this one: sslv3 alert certificate expired")]
    [InlineData("not-yet", "tls-not-yet-valid", "refuses this one: sslv3 alert bad certificate")]
    [InlineData("revoked", "tls-revoked", "refuses this one: sslv3 alert certificate revoked")]
    [InlineData("unlisted", "tls-name", "refuses this one: sslv3 alert handshake failure")]
    [InlineData("denied", "tls-name", "refuses this one: sslv3 alert handshake failure")]
    [InlineData("wildcard", "tls-name", "refuses this one: sslv3 alert handshake failure")]
    [InlineData("psk", "tls-refused", "")]
    public void A_sender_that_may_not_connect_is_refused_with_the_reason_at_both_ends(string kind, string reason, string said)
    {
        using var other = new TestAuthority("another authority");
        TlsConfiguration sending = kind switch
        {
            "authority" => other.Issue("web") with { AuthorityFile = _authority.Path },
            "self-signed" => _authority.Issue("web", isSelfSigned: true),
            "expired" => _authority.Issue("web", -20, -1),
            "not-yet" => _authority.Issue("web", 1, 20),
            "revoked" => _authority.Issue("web", isRevoked: true),
            "unlisted" => _authority.Issue("stranger"),
            "denied" => _authority.Issue("bad"),
            "wildcard" => _authority.Issue("*"),
            _ => Shared("web"),
        };
        File.WriteAllText(_authority["clients"], "# who may connect\nweb allow\nbad deny\n");
        File.WriteAllText(_authority["lists"], $"{File.ReadAllText(other.List())}\n{File.ReadAllText(_authority.List())}\n");
        using ReceivingTrail trail = Receive(_collector with { RevocationFile = _authority["lists"], ClientsFile = _authority["clients"] });
        using var sender = new RunningSender(trail.Receiver.Port, ToCollector(sending));
        sender.Give(Record(1));

        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count > 0, () => "it isn't said: " + sender.Said);
        Assert.Contains($"op=remote-refused reason={reason} addr=127.0.0.1", trail.OwnLines("DAEMON_ERR")[0]);
        ReceivingTrail.WaitFor(() => sender.Said.Contains("first attempt at connecting to the server failed"), "the sender doesn't say it");
        Assert.Contains(said, sender.Said);
        Assert.Empty(trail.Lines);
        Assert.DoesNotContain("sent = 1", sender.Sender.DescribeState());
        ReceivingTrail.WaitFor(() => sender.Sender.DescribeState().Contains("queue_length = 1"), "the record isn't kept");

        // A shared key is refused in words of many kinds.
        string refusal = kind == "psk" ? "refusal = " : $": the other side {said}\n";
        Assert.Contains(refusal, sender.States[^1]);
        Assert.Matches("server = 127.0.0.1\nport = [0-9]+\nrefusal = .*\nrefusal_since = [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\n$", sender.States[^1]);
    }

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("authority", "the other side's certificate is refused: unable to get local issuer certificate")]
    [InlineData("expired", "the other side's certificate is refused: certificate has expired")]
    [InlineData("revoked", "the other side's certificate is refused: certificate revoked")]
    [InlineData("name", "it is for other.example, not for collector.example")]
    [InlineData("list", "the other side's certificate is refused: CRL has expired")]
    public void A_receiver_that_is_another_gets_nothing(string kind, string said)
    {
        using var other = new TestAuthority("another authority");
        TlsConfiguration receiving = kind switch
        {
            "authority" => other.Issue("collector.example") with { AuthorityFile = _authority.Path },
            "expired" => _authority.Issue("collector.example", -20, -1),
            "revoked" => _authority.Issue("collector.example", isRevoked: true),
            "name" => _authority.Issue("other.example"),
            _ => _collector,
        };
        TlsConfiguration sending = ToCollector(_authority.Issue("web")) with { RevocationFile = _authority.List(kind == "list" ? -1 : 1) };
        using ReceivingTrail trail = Receive(receiving);
        using var sender = new RunningSender(trail.Receiver.Port, sending);
        sender.Give(Record(1));

        ReceivingTrail.WaitFor(() => sender.Said.Contains(said), () => "it isn't said: " + sender.Said);
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count > 0, "the receiver doesn't say it");
        Assert.Contains("reason=tls-refused", trail.OwnLines("DAEMON_ERR")[0]);
        Assert.Empty(trail.Lines);
    }

    [Fact]
    public void A_record_that_shows_whether_it_works_goes_over_TLS_too()
    {
        using ReceivingTrail trail = Receive(_collector);
        byte[] record = System.Text.Encoding.ASCII.GetBytes("node=web type=USER msg=audit(1626611363.720:1): x=1");
        Assert.Null(Probe(ToCollector(_authority.Issue("web")), "collector.example"));
        Assert.Single(trail.Lines, line => line.StartsWith("node=web type=USER ", StringComparison.Ordinal));

        Assert.StartsWith("TLS: ", Probe(ToCollector(_authority.Issue("web")), "other.example"));
        Assert.NotNull(RemoteProbe.Send(TimeProvider.System, "127.0.0.1", trail.Receiver.Port, 0, record, ReceivingTrail.Limit, out _));
        Assert.Single(trail.Lines);

        string? Probe(TlsConfiguration keys, string name)
        {
            using TlsContext tls = TlsOpening.Open(new LinuxHost().Files, keys, receives: false, _ => { });
            return RemoteProbe.Send(TimeProvider.System, "127.0.0.1", trail.Receiver.Port, 0, record, ReceivingTrail.Limit, out bool _, tls, name);
        }
    }

    [Trait("Category", "Long")]
    [Fact]
    public void An_identity_is_whose_key_it_is()
    {
        string own = new('1', 64), others = new('2', 64);
        File.WriteAllText(_authority["clients"],
            $"web allow key={_authority.WriteSecret("web.psk", own)} # of the shop\ndb allow key={_authority.WriteSecret("db.psk", others)}\nold deny key={_authority["web.psk"]}\n");
        using ReceivingTrail trail = Receive(new TlsConfiguration { ClientsFile = _authority["clients"] });
        foreach ((TlsConfiguration keys, string reason) in ((TlsConfiguration, string)[])[
            (Shared("db", own), "tls-psk"), (Shared("nobody", own), "tls-identity"), (Shared("old", own), "tls-identity"), (ToCollector(_authority.Issue("web")), "tls-no-psk")])
        {
            int before = trail.OwnLines("DAEMON_ERR").Count;
            using var refused = new RunningSender(trail.Receiver.Port, keys);
            refused.Give(Record(1));

            // The tries of the one before may be said in between, as a sum.
            ReceivingTrail.WaitFor(
                () => trail.OwnLines("DAEMON_ERR").Skip(before).Any(line => line.Contains($"reason={reason} ")),
                () => $"{reason}: it isn't said: {string.Join('\n', trail.OwnLines("DAEMON_ERR").Skip(before))}");
        }

        Assert.Empty(trail.Lines);
        using var sender = new RunningSender(trail.Receiver.Port, Shared("db", others));
        sender.Give("node=db type=TEST msg=audit(1626611363.720:7): x=7");
        ReceivingTrail.WaitFor(() => trail.Lines.Count == 1, () => "the right key isn't taken: " + sender.Said);
    }

    [Trait("Category", "Long")]
    [Fact]
    public void Somebody_with_a_certificate_is_no_receiver_with_a_key()
    {
        using ReceivingTrail trail = Receive(_collector);
        using var sender = new RunningSender(trail.Receiver.Port, Shared("web"));
        sender.Give(Record(1));

        ReceivingTrail.WaitFor(() => sender.Said.Contains("first attempt at connecting"), "it connects");
        Assert.DoesNotContain("connected to 127.0.0.1", sender.Said);
        Assert.Empty(trail.Lines);
    }

    [Theory]
    [InlineData(NodeCheck.Rename, "node=web type=", 1)]
    [InlineData(NodeCheck.Refuse, null, 1)]
    [InlineData(NodeCheck.No, "node=db type=", 0)]
    public void A_sender_is_not_taken_for_another(NodeCheck check, string? begin, int said)
    {
        using ReceivingTrail trail = Receive(_collector with { NodeCheck = check });
        using var sender = new RunningSender(trail.Receiver.Port, ToCollector(_authority.Issue("web")));
        sender.Give("node=WEB type=TEST msg=audit(1626611363.720:1): own", "node=db type=TEST msg=audit(1626611363.720:2): x", "type=TEST msg=audit(1626611363.720:3): none");

        int expected = begin is null ? 2 : 3;
        ReceivingTrail.WaitFor(() => trail.Lines.Count == expected, () => $"they don't arrive: {sender.Said}");
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count == said, "it isn't said");
        Assert.Equal("node=web type=TEST msg=audit(1626611363.720:1): own", trail.Lines[0]);
        Assert.Equal("node=web type=TEST msg=audit(1626611363.720:3): none", trail.Lines[^1]);
        if (begin is not null)
            Assert.Equal(begin + "TEST msg=audit(1626611363.720:2): x" + (check == NodeCheck.No ? " tls=web" : ""), trail.Lines[1]);
        if (said > 0)
            Assert.Contains(check == NodeCheck.Refuse ? "reason=node-forged" : "op=remote-renamed", trail.OwnLines("DAEMON_ERR")[0]);
    }

    [Trait("Category", "Long")]
    [Fact]
    public void A_sender_without_TLS_at_a_port_with_it_is_told_so_and_the_other_way_round()
    {
        using ReceivingTrail secured = Receive(_collector);
        using var plain = new ReceivingTrail();
        using var first = new RunningSender(secured.Receiver.Port);
        using var second = new RunningSender(plain.Receiver.Port, ToCollector(_authority.Issue("web")));
        first.Give(Record(1));
        second.Give(Record(1));

        ReceivingTrail.WaitFor(() => secured.OwnLines("DAEMON_ERR").Count > 0 && plain.OwnLines("DAEMON_ERR").Count > 0, "it isn't said");
        Assert.Contains("op=remote-refused reason=tls-plain ", secured.OwnLines("DAEMON_ERR")[0]);
        Assert.Contains("op=remote-refused reason=tls ", plain.OwnLines("DAEMON_ERR")[0]);
        ReceivingTrail.WaitFor(() => first.Said.Contains("the other side takes TLS alone (transport = tls)"), () => first.Said);
        ReceivingTrail.WaitFor(() => second.Said.Contains("the other side closed the connection in the handshake"), () => second.Said);
        Assert.Empty(secured.Lines);
        Assert.Empty(plain.Lines);
    }

    [Trait("Category", "Long")]
    [Fact]
    public void Handshakes_that_nobody_goes_on_with_keep_no_one_out()
    {
        using ReceivingTrail trail = Receive(_collector);
        var silent = new List<Socket>();
        for (int index = 0; index < 600; index++)
        {
            Socket socket = trail.Connect();
            silent.Add(socket);
            if (index % 3 == 0)
                socket.Send(Convert.FromHexString("1603010200010001FC0303"));
        }

        using var sender = new RunningSender(trail.Receiver.Port, ToCollector(_authority.Issue("web")), all => all with { RetrySeconds = 1 });
        sender.Give(Record(1));

        ReceivingTrail.WaitFor(() => trail.Lines.Count == 1, () => $"it doesn't get in: {sender.Said}");
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Any(line => line.Contains("reason=tls-timeout")), "they aren't given up");
        Assert.Contains(trail.OwnLines("DAEMON_ACCEPT"), line => line.Contains("op=handshake-limit addr=127.0.0.1") && line.EndsWith("res=no"));
        Assert.Equal(1, trail.Receiver.Active);
    }

    [Theory]
    [InlineData("missing", "tls_crl_file: cannot read ")]
    [InlineData("directory", "it is a directory")]
    [InlineData("empty", "it has no list of revoked certificates")]
    [InlineData("damaged", "its list number 2 can't be read")]
    [InlineData("cut", "its list number 2 can't be read")]
    [InlineData("long", "it is longer than 33554432 bytes")]
    public void A_list_of_revoked_certificates_that_can_not_be_read_is_said(string kind, string said)
    {
        string list = File.ReadAllText(_authority.List()) + "\n", path = _authority["revoked"];
        if (kind == "directory")
            Directory.CreateDirectory(path);
        else if (kind != "missing")
            File.WriteAllText(path, kind switch { "empty" or "long" => "", "damaged" => list + "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", _ => list + list[..100] });
        if (kind == "long")
        {
            using FileStream file = File.OpenWrite(path);
            file.SetLength(40_000_000);
        }

        Assert.Contains(said, Assert.Throws<AuditException>(() => Open(_collector with { RevocationFile = path })).Message);
    }

    [Fact]
    public void What_a_list_is_believed_by_is_what_it_is_compared_by()
    {
        string list = _authority.List();
        using TlsContext context = Open(_collector with { RevocationFile = list });

        Assert.Equal(File.ReadAllBytes(list), context.Revocations);
    }

    [Fact]
    public void A_renewed_certificate_holds_for_those_who_come_then()
    {
        using ReceivingTrail trail = Receive(_collector);
        using var first = new RunningSender(trail.Receiver.Port, ToCollector(_authority.Issue("web")));
        first.Give(Record(1));
        ReceivingTrail.WaitFor(() => trail.Lines.Count == 1, () => first.Said);
        trail.Receiver.Reconfigure(trail.Settings with { Tls = Open(_authority.Issue("renewed.example")) });

        using var second = new RunningSender(trail.Receiver.Port, _authority.Issue("web") with { ServerName = "renewed.example" }, all => all with { RetrySeconds = 1 });
        second.Give(Record(2));
        ReceivingTrail.WaitFor(() => trail.Lines.Count == 2, () => second.Said);
        first.Give(Record(3));
        ReceivingTrail.WaitFor(() => trail.Lines.Count == 3, () => first.Said);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_is_believed_no_more_has_its_connection_ended_and_others_come_again(bool isRevoked)
    {
        File.WriteAllText(_authority["clients"], "web allow\ndb allow\n");
        TlsConfiguration keys = _collector with { RevocationFile = _authority.List(), ClientsFile = _authority["clients"] };
        using ReceivingTrail trail = Receive(keys);
        using var web = new RunningSender(trail.Receiver.Port, ToCollector(_authority.Issue("web", isRevoked: isRevoked)), all => all with { RetrySeconds = 1 });
        using var db = new RunningSender(trail.Receiver.Port, ToCollector(_authority.Issue("db")), all => all with { RetrySeconds = 1 });
        web.Give(Record(1));
        ReceivingTrail.WaitFor(() => trail.Lines.Count == 1, () => web.Said);
        db.Give("type=TEST msg=audit(1626611363.720:2): x");
        ReceivingTrail.WaitFor(() => trail.Lines.Count == 2, () => db.Said);

        if (!isRevoked)
            File.WriteAllText(_authority["clients"], "web deny\ndb allow\n");
        trail.Receiver.Reconfigure(trail.Settings with { Tls = Open(isRevoked ? keys with { RevocationFile = _authority.List() } : keys) });
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_CLOSE").Count >= 1, "the connection isn't ended");
        web.Give(Record(3));
        db.Give("type=TEST msg=audit(1626611363.720:4): x");
        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Any(line => line.Contains(isRevoked ? "reason=tls-revoked" : "reason=tls-name")), () => web.Said);
        ReceivingTrail.WaitFor(() => trail.Lines.Count == 3, () => db.Said);
        Assert.StartsWith("node=db type=TEST msg=audit(1626611363.720:4)", trail.Lines[2]);
    }

    [Theory]
    [InlineData("http://x/uri", "node=http://x/uri type=")]
    [InlineData(null, "node=machine type=")]
    public void Names_are_those_of_the_certificate(string? uri, string begin)
    {
        using ReceivingTrail trail = Receive(_collector);
        using var sender = new RunningSender(trail.Receiver.Port, ToCollector(_authority.Issue("machine", uri: uri, isCommonName: uri is null)));
        sender.Give("type=TEST msg=audit(1626611363.720:3): none");

        ReceivingTrail.WaitFor(() => trail.Lines.Count == 1, () => sender.Said);
        Assert.StartsWith(begin, trail.Lines[0]);
    }

    static string Record(int serial) => $"node=web type=TEST msg=audit(1626611363.720:{serial}): x={new string('y', serial % 300)}";
}
