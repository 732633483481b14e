using System.Buffers.Text;
using System.Text;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Disk;
using Akashi.Host;
using Akashi.Records;
using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Daemon.Remote;

/// <summary>The hosts whose records come: whose names they are, how much they may send, whether they are still there.</summary>
public sealed partial class RemoteReceiver
{
    const int FullLookTicks = 10;

    static readonly TimeSpan s_allowanceRetry = TimeSpan.FromMilliseconds(10);

    readonly Dictionary<string, SenderAllowance> _allowances = [];
    HostBook _hosts = new([]);
    string _logDirectory = "";
    long _began;
    int _ticks;

    /// <summary>Any thread: the hosts that are known.</summary>
    public IReadOnlyList<HostStatus> Hosts => Volatile.Read(ref _hosts).Describe();

    /// <summary>Any thread: a node's name is nobody's again.</summary>
    /// <returns>False where no such node is known.</returns>
    public bool TryForget(string node)
    {
        // The receiver's thread alone changes the book.
        var done = new ManualResetEventSlim();
        bool isKnown = false;
        _asked.Enqueue(() =>
        {
            isKnown = _hosts.TryForget(node);
            foreach (RemoteClient client in _clients)
                client.Host = null;
            done.Set();
        });
        _wait.Wake();
        return done.Wait(s_endWait) && isKnown;
    }

    /// <summary>Any thread: the nodes' logs begin anew; as the write stage comes to it.</summary>
    public void Rotate() => _write.Post(() => _writer.Logs?.Rotate());

    /// <summary>Any thread: keeps what is known of hosts for the service after this one.</summary>
    public void KeepHosts()
    {
        if (_settings.Place is { } place)
            HostFile.Write(HostFile.PathBeside(place.Configuration.LogFile), Hosts);
    }

    void OpenHosts()
    {
        _began = _now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (_settings.Place is { } place)
            Volatile.Write(ref _hosts, new HostBook(HostFile.Read(HostFile.PathBeside(place.Configuration.LogFile), _say)));
    }

    // By the write stage, which has none of the former open then.
    void OpenLogs()
    {
        _logDirectory = _settings.Collector.Directory;
        NodeLogs? logs = null;
        try
        {
            if (_settings.Place is { } place && _logDirectory.Length > 0)
                logs = new NodeLogs(place.Files, _logDirectory, _settings.Collector.Disk, place.Configuration, place.Readers, _say);
        }
        catch (TrailException exception)
        {
            _say($"{exception.Message}: the records of other machines go to the log of this one");
        }

        _write.Post(() =>
        {
            _writer.Logs?.Dispose();
            _writer.Logs = logs;
        });
    }

    void CloseLogs() => _write.Post(_writer.Dispose);

    void Allow(RemoteClient client)
    {
        if (!_allowances.TryGetValue(client.Sender, out SenderAllowance? allowance))
            _allowances.Add(client.Sender, allowance = new SenderAllowance());
        allowance.Connections++;
        client.Allowance = allowance;
    }

    void Disallow(RemoteClient client)
    {
        if (client.Allowance is { } allowance && --allowance.Connections == 0)
            _allowances.Remove(client.Sender);
    }

    // Returns whether somebody waits for it.
    bool Earn()
    {
        int perSecond = _settings.Collector.RecordsPerSecondMax;
        bool isAwaited = false;
        if (perSecond > 0)
        {
            long now = _clock.GetTimestamp();
            foreach (SenderAllowance allowance in _allowances.Values)
                allowance.Earn(now, _clock, perSecond, Math.Max(1, _settings.Collector.BurstRecords));
        }

        foreach (RemoteClient client in _clients)
        {
            client.IsSlowed = perSecond > 0 && !client.Allowance!.HasSome;
            isAwaited |= client.IsSlowed;
        }

        return isAwaited;
    }

    bool MaySend(RemoteClient client) => _settings.Collector.RecordsPerSecondMax == 0 || client.Allowance!.HasSome;

    // The host that a record belongs to, and what the record says of it.
    KnownHost Meet(RemoteClient client, ReadOnlySpan<byte> line)
    {
        if (!Record.TryParse(line, out Record record, out _))
            throw new InvalidOperationException("a line that was written is no record");
        KnownHost host = _hosts.Find(OwnerOf(client), record.Node, _settings.Collector, out KnownHost? owner);
        if (owner is not null)
        {
            client.Foreign++;
            client.ForeignOwner = owner;
        }

        if (host.First == 0 || host.IsTrialAlone)
            host.IsTrialAlone = IsTrial(client, line);
        if (host.Records++ == 0 || host.First == 0)
            host.First = _now;
        host.Lag = _now - record.Stamp.UnixMilliseconds;
        if (record.Type == RecordType.DaemonErr)
            NoteLoss(host, line);
        if (client.Host != host)
        {
            // Who sends several nodes' records tells its own clock, and nobody knows which of them it is.
            client.IsRelay |= client.Host is not null;
            client.Host = host;
            NoteBeat(host, client);
        }

        Hear(host, client);
        return host;
    }

    // akashi setup remote --receive looks at this machine over the loopback, and no sender is behind it.
    static bool IsTrial(RemoteClient client, ReadOnlySpan<byte> line) => client.Connection.Peer.IsThisMachine && line.IndexOf(RemoteProbe.Operation) >= 0;

    // This machine itself may have any name; with TLS the names of a sender's records have been judged already (tls_node_check).
    string OwnerOf(RemoteClient client) =>
        client.Connection.Tls?.Peer is null ? (client.Connection.Peer.IsThisMachine ? "" : client.Sender)
        : _settings.Tls?.Credentials.Configuration.NodeCheck == NodeCheck.No ? client.Sender
        : "";

    void Hear(KnownHost host, RemoteClient client)
    {
        long silentSince = host.Heard;
        host.Heard = _now;
        if (host.Client != client)
        {
            host.Client = client;
            host.Address = client.Connection.Peer.Text;
        }

        host.Transport = client.Connection.Tls is not null ? "tls" : client.SendsLines ? "ascii" : "tcp";
        host.Program = client.Program;
        if (!host.IsSilent)
            return;
        host.IsSilent = false;
        Say(RecordType.DaemonErr, $"op=node-back node={host.Node} addr={host.Address} silent={(_now - silentSince) / 1000} res=success");
    }

    void HearBeat(RemoteClient client, ReadOnlySpan<byte> text)
    {
        if (RemoteBeat.TryRead(text, out RemoteBeat beat))
        {
            client.Program = $"akashi {beat.Version}";
            client.Behind = _now - beat.ClockMilliseconds;
            client.Lost = beat.Lost;
        }

        if (client.Host is not { } host)
            return;
        Hear(host, client);
        NoteBeat(host, client);
    }

    static void NoteBeat(KnownHost host, RemoteClient client)
    {
        if (client.Behind is not { } behind || client.IsRelay)
            return;
        host.Behind = behind;
        host.SetSenderLoss(client.Lost);
    }

    // op=loss source=kernel count=12 res=failed
    static void NoteLoss(KnownHost host, ReadOnlySpan<byte> line)
    {
        int source = line.IndexOf("op=loss source="u8);
        if (source < 0)
            return;
        ReadOnlySpan<byte> word = line[(source + "op=loss source=".Length)..];
        int count = line.IndexOf(" count="u8);
        int end = word.IndexOf((byte)' ');
        if (end is > 0 and < 16 && count >= 0 && Utf8Parser.TryParse(line[(count + " count=".Length)..], out long records, out _) && records > 0)
            host.AddLoss(Encoding.ASCII.GetString(word[..end]), records);
    }

    // Of a stream nothing more is taken; an original sends the same record again.
    void RefuseFull(RemoteClient client, KnownHost host, uint sequence)
    {
        _filling.AddUnwritten(client, host, sequence, RemoteMessageType.DiskFull);
        if (client.Stream is not null)
            client.IsRefusing = true;
        if (host.IsFullSaid)
            return;
        host.IsFullSaid = true;
        Say(RecordType.DaemonErr, $"op=node-full node={host.Node} bytes={Volatile.Read(ref host.DirectoryBytes)} max={_settings.Collector.Disk} res=failed");
    }

    void LookAtHosts(TimeSpan elapsed)
    {
        while (_asked.TryDequeue(out Action? asked))
            asked();
        _ticks++;
        foreach (KnownHost host in _hosts.All)
        {
            host.Rate(elapsed);
            if (host.IsFull && _ticks % FullLookTicks == 0)
                _write.Post(() => _writer.Logs?.Look(host));
            host.IsFullSaid &= host.IsFull;
            LookForSilence(host);
        }
    }

    // A host can't be heard while nobody listens: the time before this receiver began doesn't count.
    void LookForSilence(KnownHost host)
    {
        if (_settings.Collector.SilentAfter <= TimeSpan.Zero || host.IsSilent || host.IsTrialAlone || host.Node.StartsWith('@')
            || _now - Math.Max(host.Heard, _began) <= (long)_settings.Collector.SilentAfter.TotalMilliseconds)
            return;
        host.IsSilent = true;
        Say(RecordType.DaemonErr, $"op=node-silent node={host.Node} addr={host.Address} since={host.Heard / 1000}.{host.Heard % 1000:000} res=failed");
    }

    void SayForeign(RemoteClient client)
    {
        if (client.Foreign == 0)
            return;
        KnownHost owner = client.ForeignOwner!;
        Say(RecordType.DaemonErr, $"op=node-foreign node={owner.Node} owner={owner.Sender} addr={client.Connection.Peer.Text} port={client.Connection.Peer.Port} count={client.Foreign} res=failed");
        client.Foreign = 0;
    }
}
