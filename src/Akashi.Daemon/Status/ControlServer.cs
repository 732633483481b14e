using Akashi.Control;
using Akashi.Daemon.Recordings;
using Akashi.Host;
using Akashi.Linux.Sockets;

namespace Akashi.Daemon.Status;

/// <summary>Answers at the control socket: many askers at once (<see cref="AskerLoop"/>), each within a time.</summary>
/// <remarks>
/// Root may ask, and the members of one group: the socket's permissions say so, and the kernel's word on who connected is looked at once more. What changes something
/// (<see cref="ControlQuestion.Restart"/>, <see cref="ControlQuestion.Forget"/>) root alone may ask; for recordings <see cref="RecordingDesk"/> decides. An asker that says or takes nothing is dropped after two seconds.
/// </remarks>
public sealed class ControlServer : IDisposable
{
    const UnixFileMode AskedByGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    readonly Func<ControlQuestion, byte[]> _answer;
    readonly Func<int, byte[]>? _restart;
    readonly RecordingDesk? _recordings;
    readonly Func<string, byte[]>? _forget;
    readonly uint _self;
    readonly uint _gid;
    readonly AskerLoop _loop;

    /// <summary>Listens, and answers from now on.</summary>
    /// <param name="path">The socket; its directory is there, and nobody else's.</param>
    /// <param name="self">The user it runs as.</param>
    /// <param name="gid">The group whose members may ask; 0 for root alone.</param>
    /// <param name="answer">Gives the body of an answer; an <see cref="AuditException"/> refuses.</param>
    /// <param name="restart">Given the process that asks, has the service start anew; an <see cref="AuditException"/> refuses. Null to refuse all.</param>
    /// <param name="recordings">Answers who asks for recordings, by rules of its own; null where there are none. Ended with the server.</param>
    /// <param name="forget">Given a node, has the service forget whose its name is; an <see cref="AuditException"/> refuses. Null to refuse all.</param>
    /// <exception cref="AuditException">Somebody listens there already, or the name can't be had.</exception>
    public ControlServer(
        string path, uint self, uint gid, Func<ControlQuestion, byte[]> answer, Func<int, byte[]>? restart = null, RecordingDesk? recordings = null,
        Func<string, byte[]>? forget = null)
    {
        _recordings = recordings;
        _self = self;
        _gid = gid;
        _answer = answer;
        _restart = restart;
        _forget = forget;

        // The members of another group must get in, too: who may ask what is then decided by the kernel's word alone.
        UnixFileMode mode = recordings?.HasGroup == true ? AskedByGroup | UnixFileMode.OtherRead | UnixFileMode.OtherWrite : AskedByGroup;
        _loop = new AskerLoop("control", ListeningSocket.AtPath(path, mode, gid), ControlRequest.BytesMax, s_patience, Answer);
    }

    /// <summary>Ends after the answer that is being given. The name stays: whoever listens next replaces it.</summary>
    public void Dispose()
    {
        _loop.Dispose();
        _recordings?.Dispose();
    }

    byte[]? Answer(StreamConnection asker, ReadOnlySpan<byte> request, bool isEnd)
    {
        // Who is refused before it has asked would find the connection broken, and no reason.
        int end = request.IndexOf((byte)'\n');
        if (end < 0 && !isEnd)
            return null;
        ControlQuestion question = default;
        string node = "";
        bool isQuestion = end >= 0 && end == request.Length - 1 && ControlRequest.TryRead(request[..end], out question, out node);
        try
        {
            if (end == request.Length - 1 && end >= 0 && _recordings?.TryAnswer(asker, request[..end]) is { } answer)
                return answer;
        }
        catch (AuditException exception)
        {
            return ControlAnswer.Refuse(exception.Message);
        }

        if (!MayAsk(asker))
            return ControlAnswer.Refuse("not for you");
        if (!isQuestion)
            return ControlAnswer.Refuse("not a question of this version");
        try
        {
            byte[] body = question switch
            {
                ControlQuestion.Restart => Restart(asker),
                ControlQuestion.Forget => Forget(asker, node),
                _ => _answer(question),
            };
            return body.Length <= ControlAnswer.BytesMax ? ControlAnswer.Write(body) : ControlAnswer.Refuse("the answer is too long");
        }
        catch (AuditException exception)
        {
            return ControlAnswer.Refuse(exception.Message);
        }
    }

    byte[] Restart(StreamConnection asker)
    {
        int pid = DemandRoot(asker);
        return _restart is null ? throw new AuditException("it can't start anew in place") : _restart(pid);
    }

    byte[] Forget(StreamConnection asker, string node)
    {
        DemandRoot(asker);
        return _forget is null ? throw new AuditException("it receives no other machines' records") : _forget(node);
    }

    int DemandRoot(StreamConnection asker) => asker.TryFindPeer(out int pid, out uint uid, out _) && (uid == 0 || uid == _self)
        ? pid
        : throw new AuditException("root alone may ask for that");

    bool MayAsk(StreamConnection asker) =>
        asker.TryFindPeer(out _, out uint uid, out uint gid)
        && (uid == 0 || uid == _self || (_gid != 0 && (gid == _gid || asker.HasPeerGroup(_gid))));
}
