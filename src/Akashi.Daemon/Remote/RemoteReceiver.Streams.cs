using Akashi.Host;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>Senders of our own: many records under way, and none of them twice though a connection breaks.</summary>
/// <remarks>
/// What a broken connection had sent and the trail has is told to the sender when it comes back, by the position of the record that is wanted next. It's known in memory and
/// in the journal, which a receiver that was killed finds again.
/// </remarks>
public sealed partial class RemoteReceiver
{
    readonly Dictionary<(string Address, UInt128 Stream), RemoteStream> _streams = [];
    readonly Stack<int> _freeSlots = [];

    // The records of the sender's connection before this one come first; what of it wasn't taken yet is sent again.
    bool TryBeginStream(RemoteClient client, in RemoteHello hello, uint sequence)
    {
        if (client.Stream is not null || FindStream(client.Connection.Peer.Text, hello) is not { } stream)
        {
            SendAway(client, RemoteFault.Type);
            return true;
        }

        if (stream.Owner is { } former && former != client && !former.IsClosed)
            former.Dispose();
        stream.Owner = client;
        if (stream.Owed > 0)
            return false;
        if (stream.Next < hello.Position || stream.Next > hello.Position + stream.Window)
            stream.Next = hello.Position;
        Enter(stream, client.Connection.Peer.Text, hello.Stream);
        client.Stream = stream;
        stream.Window = RemoteHello.WindowMax;
        if (client.Program == "original")
            client.Program = "akashi";
        Span<byte> text = stackalloc byte[RemoteHello.TextBytesMax];
        text = text[..new RemoteHello(default, RemoteHello.WindowMax, stream.Next).Write(text)];
        client.Reply(RemoteMessageType.Acknowledgement, sequence, text);
        client.Send();
        return true;
    }

    // Nothing is on its way to the trail.
    void OpenJournal()
    {
        string? path = _settings.Place is { } place ? ReceivedJournal.PathBeside(place.Configuration.LogFile) : null;
        if (path == _writer.Journal?.Path)
            return;
        _writer.Journal?.Dispose();
        _writer.Journal = path is null ? null : TryOpenJournal(_settings.Place!.Files, path);
        foreach ((string address, UInt128 number, RemoteStream stream) in _writer.Journal?.ReadStreams() ?? [])
            _streams.TryAdd((address, number), stream);
        ListFreeSlots();
        foreach (var ((address, number), stream) in _streams)
            Enter(stream, address, number);
    }

    ReceivedJournal? TryOpenJournal(IFiles files, string path)
    {
        foreach (RemoteStream stream in _streams.Values)
            stream.Slot = -1;
        try
        {
            return ReceivedJournal.Open(files, path, _say);
        }
        catch (TrailException exception)
        {
            _say($"{exception.Message}: after a kill records of other machines may arrive twice");
            return null;
        }
    }

    void ListFreeSlots()
    {
        _freeSlots.Clear();
        var taken = _streams.Values.Select(stream => stream.Slot).ToHashSet();
        for (int slot = ReceivedJournal.StreamsMax - 1; slot >= 0; slot--)
        {
            if (!taken.Contains(slot))
                _freeSlots.Push(slot);
        }
    }

    // Null where there is no room for another.
    RemoteStream? FindStream(string address, in RemoteHello hello)
    {
        if (!_streams.TryGetValue((address, hello.Stream), out RemoteStream? stream))
        {
            if (_streams.Count >= ReceivedJournal.StreamsMax && !TryForgetOne())
                return null;
            stream = new RemoteStream { Next = hello.Position };
            _streams.Add((address, hello.Stream), stream);
        }

        stream.Used = _clock.GetUtcNow().ToUnixTimeSeconds();
        return stream;
    }

    // The one that has been away longest, of the address that has most: who makes up streams loses its own.
    bool TryForgetOne()
    {
        var away = _streams.Where(pair => pair.Value.Owner is not { IsClosed: false } && pair.Value.Owed == 0).GroupBy(pair => pair.Key.Address).MaxBy(group => group.Count());
        if (away is null)
            return false;
        var oldest = away.MinBy(pair => pair.Value.Used);
        _streams.Remove(oldest.Key);
        if (oldest.Value.Slot >= 0)
            _freeSlots.Push(oldest.Value.Slot);
        return true;
    }

    // Where the stream begins is written before its first record.
    void Enter(RemoteStream stream, string address, UInt128 number)
    {
        if (_writer.Journal is not { } journal || (stream.Slot < 0 && _freeSlots.Count == 0))
            return;
        try
        {
            int slot = stream.Slot >= 0 ? stream.Slot : _freeSlots.Pop();
            journal.TakeSlot(stream, address, number, slot);
            if (stream.Slot < 0)
                _freeSlots.Push(slot);
        }
        catch (TrailException exception)
        {
            // The slot is lost until the next start: what stands in it isn't known.
            _say($"{exception.Message}: after a kill records of {address} may arrive twice");
        }
    }

    static void Land(RemoteStream stream, in RemoteRun run)
    {
        stream.Owed -= run.Messages;
        if (run.Answer.IsFatal)
            run.Client.IsRefusing = true;
        else
            stream.Next += run.Messages;
    }
}
