using System.Text;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Remote;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Compression;
using Akashi.Records;
using Akashi.Remote;
using Akashi.Tables;

namespace Akashi.Fuzz;

/// <summary>Remote logging: what senders and receivers send each other, its files.</summary>
static class RemoteTargets
{
    const string Hello = "akashi 1 stream=0123456789abcdeffedcba9876543210 position=77";

    static readonly ZstdBlocks s_zstd = ZstdBlocks.TryMake() ?? throw new InvalidOperationException("libzstd is missing");
    static readonly byte[] s_plain = new byte[RemotePacking.PlainBytesMax];
    static readonly string s_queue = Path.Combine(Path.GetTempPath(), $"akashi-fuzz-queue-{Environment.ProcessId}");
    static readonly TlsPeer s_peer = new(["web", "web.example"], ["relay"]);

    public static IReadOnlyList<Target> All { get; } =
    [
        new("remote-frames", Frames, TakeFrames),
        new("remote-hello", Hellos, ReadHello),
        new("remote-pack", Packs, OpenPack),
        new("remote-queue", Queues, ReadQueue),
        new("receive-journal", JournalGroupTarget.Seeds, JournalGroupTarget.Read),
        new("audisp-remote.conf", Configurations, ParseConfiguration),
        new("tls_allowed_clients", Clients, ParseClients),
        new("remote-beat", Beats, ReadBeat),
        new("host-list", HostLists, ReadHosts),
        new("akashi.conf", CollectorKeys, ParseKeys),
    ];

    static List<byte[]> Beats() => ["akashi 1 clock=1626611363720 lost=17 version=0.1.0"u8.ToArray()];

    static void ReadBeat(byte[] text)
    {
        if (RemoteBeat.TryRead(text, out RemoteBeat beat))
            Check(RemoteBeat.TryRead(beat.ToBytes(), out RemoteBeat again) && again == beat, "a heartbeat is read as another than it was written");
    }

    static List<byte[]> HostLists() =>
        ["akashi hosts 1\nhost web1 10.0.0.7 10.0.0.7 tcp akashi%200.1.0 1626611363720 1626611999999 12 35 -7 40 2 csfw sender=3,kernel=4 web1 99\nend\n"u8.ToArray()];

    static void ReadHosts(byte[] text)
    {
        if (HostListText.Read(text) is { } hosts)
            Check(HostListText.Read(HostListText.Write(hosts))?.Count == hosts.Count, "hosts aren't read as they are written");
    }

    static List<byte[]> CollectorKeys() =>
        ["node_from = 10.0.0.0/8,fd00::/8\nnode_log_dir = /var/log/audit/nodes\nnode_rate = 500\nnode_disk_max = 10%\nnode_silent_after = 5m\ncompress = zstd\n"u8.ToArray()];

    static void ParseKeys(byte[] text)
    {
        var diagnostics = new DiagnosticBag();
        AkashiConfiguration keys = AkashiConfigurationFile.Parse(Encoding.UTF8.GetString(text), "fuzz", diagnostics);
        Check(diagnostics.HasErrors || keys.NodeLogDirectory.Length == 0 || keys.NodeLogDirectory.StartsWith('/'), "a directory that isn't absolute");
        keys.NodeAddresses.Has("10.0.0.7");
    }

    static byte[] Record(int serial) => Encoding.ASCII.GetBytes($"node=web type=SYSCALL msg=audit(1626611363.720:{serial}): arch=c000003e syscall=59 success=yes comm=\"true\"\u001dARCH=x86_64");

    static byte[] Message(RemoteMessageType type, uint sequence, ReadOnlySpan<byte> text)
    {
        byte[] bytes = new byte[RemoteHeader.Bytes + text.Length];
        new RemoteHeader(type, text.Length, sequence).Write(bytes);
        text.CopyTo(bytes.AsSpan(RemoteHeader.Bytes));
        return bytes;
    }

    static byte[] Plain() => [.. Enumerable.Range(1, 20).SelectMany(serial => (byte[])[(byte)Record(serial).Length, 0, .. Record(serial)])];

    static byte[] Packed()
    {
        byte[] packed = new byte[RemoteHeader.TextBytesMax];
        return packed[..s_zstd.Pack(Plain(), packed)];
    }

    static List<byte[]> Frames() =>
    [
        [.. Message(RemoteMessageType.Heartbeat, 1, Encoding.ASCII.GetBytes(Hello)), .. Message(RemoteMessageType.Heartbeat, 1, RemotePacking.Offer), .. Message(RemoteMessageType.Pack, 2, Packed())],
        [.. Message(RemoteMessageType.Message, 2, Record(1)), .. Message(RemoteMessageType.Message, 3, Record(2)), .. Record(3), (byte)'\n', .. Record(4), (byte)'\n'],
        [.. TlsAlert.ProtocolVersion, 0x16, 3, 1],
    ];

    // However what comes is cut, the same messages come out; and each becomes a line of its sender, or none.
    static void TakeFrames(byte[] bytes)
    {
        List<string> whole = Take(bytes, bytes.Length), parts = Take(bytes, 7);
        Check(whole.SequenceEqual(parts), "messages depend on how the bytes come");
        foreach (NodeCheck check in (NodeCheck[])[NodeCheck.Rename, NodeCheck.Refuse, NodeCheck.No])
            Receive(bytes, check);
    }

    static List<string> Take(byte[] bytes, int step)
    {
        List<string> taken = [];
        int start = 0;
        for (int end = Math.Min(step, bytes.Length); ; end = Math.Min(end + step, bytes.Length))
        {
            while (true)
            {
                int length = RemoteFrames.Take(bytes.AsSpan(start, end - start), out RemoteFrame frame, out RemoteFault fault);
                if (fault != RemoteFault.None)
                    return [.. taken, RemoteFaultWords.Of(fault)];
                if (length == 0)
                    break;
                taken.Add($"{frame.IsManaged} {frame.Type} {frame.Sequence} {Convert.ToHexString(frame.Text)}");
                start += length;
            }

            if (end == bytes.Length)
                return taken;
        }
    }

    static void Receive(ReadOnlySpan<byte> bytes, NodeCheck check)
    {
        bytes = bytes[..Math.Min(bytes.Length, RemoteHeader.TextBytesMax)];
        byte[] room = new byte[bytes.Length + ReceivedText.OverheadBytes];
        int length = new ReceivedText("collector"u8.ToArray(), check).Write(bytes, "10.0.0.7"u8, false, room, out RecordType _, out RemoteFault fault, s_peer);
        Check(length > 0 ? fault is RemoteFault.None or RemoteFault.NodeForged : fault != RemoteFault.None, "neither a line nor a fault");
        if (length == 0)
            return;
        ReadOnlySpan<byte> line = room.AsSpan(0, length);
        Check(line.IndexOfAny((byte)'\n', (byte)0) < 0, "more than a line");
        Check(line.Count(Akashi.Records.Record.EnrichmentSeparator) <= 1, "two enrichments");
        Check(Akashi.Records.Record.TryParse(line, out Record record, out _), "no record");
        bool isOwn = !s_peer.FindOwn(record.Node).IsEmpty, isLent = check == NodeCheck.No || !s_peer.FindOther(record.Node).IsEmpty;
        Check(isOwn || (isLent && line.EndsWith(" tls=web"u8)), "another's name");
    }

    static List<byte[]> Hellos() => [Encoding.ASCII.GetBytes(Hello), "akashi 1 window=1024 position=17"u8.ToArray(), "akashi 1 pack=zstd window=8192"u8.ToArray()];

    static void ReadHello(byte[] text)
    {
        byte[] room = new byte[RemoteHello.TextBytesMax];
        if (RemoteHello.TryReadSender(text, out RemoteHello hello))
            Check(RemoteHello.TryReadSender(room.AsSpan(0, hello.Write(room)), out RemoteHello again) && again == hello && hello.Position >= 0, "a sender's hello isn't what it writes");
        if (RemoteHello.TryReadReceiver(text, out hello))
            Check(RemoteHello.TryReadReceiver(room.AsSpan(0, hello.Write(room)), out RemoteHello again) && again == hello && hello.Window is >= 1 and <= RemoteHello.WindowMax, "a receiver's hello isn't what it writes");
        if (RemotePacking.TryReadAnswer(text, out int window))
            Check(window is >= 1 and <= RemotePacking.WindowMax, "a window that is none");
    }

    static List<byte[]> Packs() => [Packed(), Plain(), [.. Packed(), .. Packed()]];

    static void OpenPack(byte[] bytes)
    {
        int length = s_zstd.Unpack(bytes, s_plain);
        Check(length <= s_plain.Length, "more than there is room for");
        foreach (byte[] plain in (byte[][])[bytes, s_plain[..Math.Max(length, 0)]])
        {
            int taken = 0, count = 0;
            bool hasEmpty = false;
            while (taken < plain.Length && RemotePacking.Take(plain.AsSpan(taken), out ReadOnlySpan<byte> text) is > 0 and int one)
            {
                Check(one == text.Length + 2 && text.Length <= RemoteHeader.TextBytesMax, "a record that isn't there");
                taken += one;
                count++;
                hasEmpty |= text.IsEmpty;
            }

            bool isWhole = count is > 0 and <= RemotePacking.WindowMax && taken == plain.Length && !hasEmpty;
            Check(RemotePacking.IsWhole(plain) == isWhole, "whole or not");
        }
    }

    static List<byte[]> Queues()
    {
        File.Delete(s_queue);
        using (FileRecordQueue queue = FileRecordQueue.Open(s_queue, 4))
        {
            for (int serial = 1; serial <= 3; serial++)
                queue.TryAdd(Record(serial));
        }

        // Its header and the beginning of each slot: the zeros between are no seed.
        byte[] bytes = File.ReadAllBytes(s_queue);
        return [[.. bytes[..80], .. bytes[12288..12500], .. bytes[24576..24800]]];
    }

    // The input stands at the beginning of the file, and once more at its first slot.
    static void ReadQueue(byte[] input)
    {
        byte[] file = new byte[5 * RemoteQueueHeader.SlotBytes];
        input.AsSpan(0, Math.Min(input.Length, 80)).CopyTo(file);
        ReadOnlySpan<byte> rest = input.AsSpan(Math.Min(input.Length, 80));
        rest[..Math.Min(rest.Length, file.Length - RemoteQueueHeader.SlotBytes)].CopyTo(file.AsSpan(RemoteQueueHeader.SlotBytes));
        File.WriteAllBytes(s_queue, file);
        try
        {
            using FileRecordQueue queue = FileRecordQueue.Open(s_queue, 4);
            byte[] text = new byte[FileRecordQueue.TextBytesMax];
            long position = queue.Position;
            int count = queue.Count;
            Check(count <= queue.Capacity && position >= 0 && queue.Stream != 0, "a header that can't be");
            for (int left = count; left > 0; left--)
            {
                Check(queue.Peek(text) <= text.Length, "longer than a record");
                queue.Drop();
            }

            Check(queue.Count == 0 && queue.Position == position + count, "it isn't empty");
            Check(queue.TryAdd("type=A"u8) && queue.Peek(text) == 6, "it takes nothing");
        }
        catch (TrailException exception)
        {
            Check(File.ReadAllBytes(s_queue).AsSpan().SequenceEqual(file), "a file that isn't taken was changed: " + exception.Message);
        }
        finally
        {
            File.Delete(s_queue);
        }
    }

    static List<byte[]> Configurations() =>
    [
        "remote_server = collector.example\nport = 60\ntransport = tls\ntls_auth = x509\ntls_cert_file = /c\ntls_key_file = /k\ntls_ca_file = /a\ntls_server_name = c\n"u8.ToArray(),
        "remote_server = 10.0.0.1\nlocal_port = any\nmode = forward\nqueue_depth = 100\noverflow_action = exec /bin/true\ncompress = no\nheartbeat_timeout = 3\n"u8.ToArray(),
    ];

    static void ParseConfiguration(byte[] text)
    {
        var diagnostics = new DiagnosticBag();
        RemoteConfiguration read = RemoteConfigurationFile.Parse(Encoding.UTF8.GetString(text), "fuzz", diagnostics);
        Check(diagnostics.HasErrors || read.Server.Length > 0, "nowhere to send to");
        Check(diagnostics.HasErrors || read.Transport != RemoteTransport.Tls || read.Tls.WhyIncomplete(receives: false) is null, "half of TLS");
        CheckSaid(diagnostics);
    }

    static List<byte[]> Clients() => ["# who\nweb enabled notes\ndb disabled\nold deny\nrelay allow key=/etc/audit/relay.psk node=a node=*\n"u8.ToArray()];

    static void ParseClients(byte[] text)
    {
        var diagnostics = new DiagnosticBag();
        TlsClients clients = TlsClients.Parse(Encoding.UTF8.GetString(text), "fuzz", diagnostics);
        Check(clients.All.All(client => TlsPeer.IsName(client.Name) && client.Nodes.All(TlsPeer.IsName)), "a name that is none");
        CheckSaid(diagnostics);
    }

    static void CheckSaid(DiagnosticBag diagnostics) => Check(diagnostics.All.All(diagnostic => !diagnostic.Text.Any(char.IsControl)), "a control character is said");

    static void Check(bool holds, string fault)
    {
        if (!holds)
            throw new InvalidOperationException(fault);
    }
}
