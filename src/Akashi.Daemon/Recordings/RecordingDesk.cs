using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Linux.Terminals;
using Akashi.Recordings;

namespace Akashi.Daemon.Recordings;

/// <summary>Lists recordings to those who may look at them, and hands one out: once the audit record of it is written, and not before.</summary>
/// <remarks>What is handed out is a descriptor to read from. Nothing of a session passes through the service, and no watcher, however slow, is waited for by anybody.</remarks>
/// <param name="host">The machine.</param>
/// <param name="catalog">Where the recordings are.</param>
/// <param name="gid">The group whose members may look; 0 for root alone.</param>
/// <param name="needsRecord">Whether nobody sees anything where no record can be written.</param>
public sealed class RecordingDesk(IHost host, RecordingCatalog catalog, uint gid, bool needsRecord = true) : IDisposable
{
    readonly RefusedLooks _refused = new(host);

    /// <summary>Whether others than those of the control socket's group may ask.</summary>
    public bool HasGroup => gid != 0;

    /// <summary>Answers.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="line">The request without its line feed: any bytes.</param>
    /// <returns>Null where it isn't asked for a recording; else what is sent.</returns>
    public byte[]? TryAnswer(StreamConnection asker, ReadOnlySpan<byte> line)
    {
        bool isList = line.SequenceEqual(RecordingRequest.ListLine);
        RecordingRequest request = default;
        if (!isList && !RecordingRequest.TryRead(line, out request))
            return null;
        if (!asker.TryFindPeer(out int pid, out uint uid, out uint group) || PeerProcess.Find(pid) is not { } peer)
            return ControlAnswer.Refuse("you are gone");
        bool mayLook = uid == 0 || uid == host.Process.Uid || (gid != 0 && (group == gid || asker.HasPeerGroup(gid)));
        if (!isList)
            return Give(asker, request, peer with { EffectiveUid = uid }, mayLook);
        if (!mayLook)
            return Refuse("recordings are for root, and for the recordings_group of akashi.conf");
        byte[] body = RecordingSummaryText.Write(catalog.Read());
        return body.Length <= ControlAnswer.BytesMax ? ControlAnswer.Write(body) : Refuse("there are too many to list them this way");
    }

    /// <summary>Says what refused looks weren't said yet.</summary>
    public void Dispose() => _refused.Dispose();

    static byte[] Refuse(string reason) => ControlAnswer.Refuse(reason);

    byte[] Give(StreamConnection asker, RecordingRequest request, PeerProcess peer, bool mayLook)
    {
        if (!mayLook)
        {
            _refused.Say(request, peer);
            return Refuse("recordings are for root, and for the recordings_group of akashi.conf");
        }

        string? path = catalog.FindPath(request.Name);
        using StoredRecording? file = path is null ? null : StoredRecording.TryOpen(path);
        if (file is null)
            return Refuse("no recording of that name");
        if (LookRecord.Write(host, request, peer, catalog.Sum(path!), isGranted: true) is { } fault && needsRecord)
            return Refuse($"the look can't be recorded: {fault}");

        // A connection that has sent one line has room for this one.
        return asker.SendNow(ControlAnswer.Write([]), file.Handle) ? [] : Refuse("it can't be handed over");
    }
}
