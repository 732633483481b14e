using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Sockets;

namespace Akashi.Daemon.Status;

/// <summary>Answers at the control socket: one thread, one asker after the other, each within a time.</summary>
/// <remarks>
/// Root may ask, and the members of one group: the socket's permissions say so, and the kernel's word on who connected is looked at once more. What changes something
/// (<see cref="ControlQuestion.Restart"/>) root alone may ask. Sixteen may wait; an asker that says or takes nothing is dropped after two seconds.
/// </remarks>
public sealed class ControlServer : IDisposable
{
    const int StackBytes = 192 * 1024;

    const UnixFileMode AskedByGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);

    readonly ListeningSocket _socket;
    readonly Func<ControlQuestion, byte[]> _answer;
    readonly Func<int, byte[]>? _restart;
    readonly uint _self;
    readonly uint _gid;
    readonly Thread _thread;
    volatile bool _isEnded;

    /// <summary>Listens, and answers from now on.</summary>
    /// <param name="path">The socket; its directory is there, and nobody else's.</param>
    /// <param name="self">The user it runs as.</param>
    /// <param name="gid">The group whose members may ask; 0 for root alone.</param>
    /// <param name="answer">Gives the body of an answer; an <see cref="AuditException"/> refuses.</param>
    /// <param name="restart">Given the process that asks, has the service start anew; an <see cref="AuditException"/> refuses. Null to refuse all.</param>
    /// <exception cref="AuditException">Somebody listens there already, or the name can't be had.</exception>
    public ControlServer(string path, uint self, uint gid, Func<ControlQuestion, byte[]> answer, Func<int, byte[]>? restart = null)
    {
        _self = self;
        _gid = gid;
        _answer = answer;
        _restart = restart;
        _socket = ListeningSocket.AtPath(path, AskedByGroup, gid);
        _thread = new Thread(Run, StackBytes) { Name = "control", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends after the answer that is being given. The name stays: whoever listens next replaces it.</summary>
    public void Dispose()
    {
        _isEnded = true;
        _socket.Wake();
        _thread.Join();
        _socket.Dispose();
    }

    void Run()
    {
        while (!_isEnded)
        {
            using StreamConnection? asker = _socket.Accept();
            // Without a descriptor left, who waits can't be accepted and stays: no reason to spin.
            if (asker is null)
                Thread.Sleep(s_rest);
            else
                asker.TrySend(Answer(asker), s_patience);
        }
    }

    byte[] Answer(StreamConnection asker)
    {
        // Who is refused before it has asked would find the connection broken, and no reason.
        bool isQuestion = TryReceive(asker, out ControlQuestion question);
        if (!MayAsk(asker))
            return ControlAnswer.Refuse("not for you");
        if (!isQuestion)
            return ControlAnswer.Refuse("not a question of this version");
        try
        {
            byte[] body = question == ControlQuestion.Restart ? Restart(asker) : _answer(question);
            return body.Length <= ControlAnswer.BytesMax ? ControlAnswer.Write(body) : ControlAnswer.Refuse("the answer is too long");
        }
        catch (AuditException exception)
        {
            return ControlAnswer.Refuse(exception.Message);
        }
    }

    byte[] Restart(StreamConnection asker)
    {
        if (!asker.TryFindPeer(out int pid, out uint uid, out _) || (uid != 0 && uid != _self))
            throw new AuditException("root alone may ask for that");
        return _restart is null ? throw new AuditException("it can't start anew in place") : _restart(pid);
    }

    bool MayAsk(StreamConnection asker) =>
        asker.TryFindPeer(out _, out uint uid, out uint gid)
        && (uid == 0 || uid == _self || (_gid != 0 && (gid == _gid || asker.HasPeerGroup(_gid))));

    static bool TryReceive(StreamConnection asker, out ControlQuestion question)
    {
        question = default;
        Span<byte> request = stackalloc byte[ControlRequest.BytesMax];
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        int length = 0;
        while (true)
        {
            TimeSpan left = s_patience - System.Diagnostics.Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || length == request.Length || asker.Receive(request[length..], left) is not (> 0 and int received))
                return false;
            length += received;
            int end = request[..length].IndexOf((byte)'\n');
            if (end >= 0)
                return end == length - 1 && ControlRequest.TryRead(request[..end], out question);
        }
    }
}
