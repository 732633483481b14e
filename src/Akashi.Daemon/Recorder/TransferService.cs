using System.Diagnostics;
using System.Globalization;
using System.Text;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;

namespace Akashi.Daemon.Recorder;

/// <summary>Notes the transfers of logins without a terminal: scp, sftp, rsync, git. No byte of one passes through it.</summary>
/// <remarks>
/// A thread and a socket of its own, so that whoever logs in with a terminal never waits for a log. One poll(2) loop; a caller says at once what it announces, or is let go.
/// Who it is, is asked of the kernel; that it's our own login side, by its file: others would note what they like in their own name. A name that doesn't come in time is a
/// number: who copies waits for the answer. What can't be noted is counted, and said.
/// </remarks>
public sealed class TransferService : IDisposable
{
    const int CallersMax = 1024;
    const int CallersOfUserMax = 128;

    static readonly TimeSpan s_announceTime = TimeSpan.FromSeconds(2);
    static readonly TimeSpan s_saidApart = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);

    readonly IHost _host;
    readonly MessageSocket _socket;
    readonly string _program;
    readonly Action<DateTimeOffset, string> _note;
    readonly Action<long, string> _unnoted;
    readonly DeadlineAccounts _accounts;
    readonly WaitList _waits = new();
    readonly List<Caller> _callers = [];
    volatile bool _isStopped;
    long _unnotedCount;
    long _saidSince;
    string _unnotedReason = "";

    TransferService(IHost host, MessageSocket socket, string program, Action<DateTimeOffset, string> note, Action<long, string> unnoted)
    {
        (_host, _socket, _program, _note, _unnoted) = (host, socket, program, note, unnoted);
        _accounts = new DeadlineAccounts(host.Accounts);
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="socketPath">Where.</param>
    /// <param name="program">The file that login sides run of.</param>
    /// <param name="note">Told of each transfer at its end: when it began, and its fields.</param>
    /// <param name="unnoted">Told how many were not noted since it was told last, and why the last one; once in ten seconds at most.</param>
    /// <exception cref="AuditException">The socket can't be had.</exception>
    public static TransferService Open(
        IHost host, string socketPath, string program, Action<DateTimeOffset, string> note, Action<long, string> unnoted)
    {
        const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return new TransferService(host, MessageSocket.Listen(socketPath, Everybody), program, note, unnoted);
    }

    /// <summary>Serves until <see cref="Stop"/>; transfers go on after it, and are noted by nobody.</summary>
    public void Run()
    {
        while (!_isStopped)
        {
            _waits.Clear();
            int socket = _waits.Watch(_socket);
            int[] callers = [.. _callers.Select(caller => _waits.Watch(caller.Connection))];
            _waits.TryWait(TimeLeft());
            for (int index = callers.Length - 1; index >= 0; index--)
            {
                Caller caller = _callers[index];
                bool isLate = caller.Transfer is null && Stopwatch.GetElapsedTime(caller.Since) >= s_announceTime;
                if ((!_waits.IsReady(callers[index]) || Hear(caller)) && !isLate)
                    continue;
                _callers.RemoveAt(index);
                caller.Connection.Dispose();
            }

            // Without a descriptor left, who waits can't be accepted and stays: no reason to spin.
            if (_waits.IsReady(socket) && !Accept())
                Thread.Sleep(s_rest);
            SayUnnoted(isEnd: false);
        }

        SayUnnoted(isEnd: true);
    }

    /// <summary>Ends <see cref="Run"/>; from any thread.</summary>
    public void Stop()
    {
        _isStopped = true;
        _waits.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _waits.Dispose();
        foreach (Caller caller in _callers)
            caller.Connection.Dispose();
    }

    TimeSpan TimeLeft() => _callers.Any(caller => caller.Transfer is null) ? s_announceTime
        : _unnotedCount > 0 ? s_saidApart
        : Timeout.InfiniteTimeSpan;

    bool Accept()
    {
        if (_socket.Accept() is not { } connection)
            return false;
        bool isKnown = connection.TryFindPeer(out int pid, out uint uid);
        if (isKnown && _callers.Count < CallersMax && (uid == 0 || _callers.Count(caller => caller.Uid == uid) < CallersOfUserMax))
        {
            _callers.Add(new Caller(connection, pid, uid));
            return true;
        }

        connection.Dispose();
        if (isKnown)
            CountUnnoted("too many copies at once");
        return true;
    }

    void CountUnnoted(string reason)
    {
        _unnotedReason = reason;
        _unnotedCount++;
    }

    void SayUnnoted(bool isEnd)
    {
        if (_unnotedCount == 0 || (!isEnd && _saidSince != 0 && Stopwatch.GetElapsedTime(_saidSince) < s_saidApart))
            return;
        _unnoted(_unnotedCount, _unnotedReason);
        (_unnotedCount, _saidSince) = (0, Stopwatch.GetTimestamp());
    }

    // Returns whether it goes on.
    bool Hear(Caller caller)
    {
        Span<byte> message = stackalloc byte[TransferNotice.LengthMax];
        MessageOutcome outcome = caller.Connection.Receive(message, out int length, out var given);
        given?.Dispose();
        if (outcome == MessageOutcome.None)
            return true;
        ReadOnlySpan<byte> said = outcome == MessageOutcome.Message ? message[..length] : [];
        if (caller.Transfer is { } transfer)
        {
            End(caller, transfer, said);
            return false;
        }

        caller.Transfer = Begin(caller, said);
        return caller.Transfer is not null && caller.Connection.TrySend("noted"u8);
    }

    Transfer? Begin(Caller caller, ReadOnlySpan<byte> said)
    {
        ReadOnlySpan<byte> begins = Encoding.ASCII.GetBytes(TransferNotice.Begins);
        if (!said.StartsWith(begins) || !TransferNotice.TryRecognise(said[begins.Length..], out TransferNotice notice))
            return null;
        using ProcessHandle? held = TryHold(caller.Pid);
        if (held is null || PeerProcess.Find(caller.Pid) is not { } peer || !IsOurs(caller.Pid) || ProcessBytes.Find(caller.Pid) is not { } before)
            return null;
        uint account = peer.Auid == ProcessIdentity.Unset ? peer.Uid : peer.Auid;
        string user = _accounts.FindUserName(account) ?? account.ToString(CultureInfo.InvariantCulture);
        var address = peer.FindLoginServer() is { } server ? OpenFiles.FindClientAddress(server.Pid) : null;

        // What was read of a number is that of the process that we hold only while it hasn't ended.
        return held.WaitForEnd(TimeSpan.Zero) ? null : new Transfer(_host.Clock.GetUtcNow(), peer, user, address, notice, said[begins.Length..].ToArray(), before);
    }

    ProcessHandle? TryHold(int pid)
    {
        try
        {
            return ProcessHandle.Open(pid);
        }
        catch (AuditException exception)
        {
            CountUnnoted(exception.Message);
            return null;
        }
    }

    // By device and inode: a hard link of another name is the same file.
    bool IsOurs(int pid) =>
        _host.Files.TryLook(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/exe"), followsLink: true, out FileStatus theirs)
        && _host.Files.TryLook(_program, followsLink: true, out FileStatus ours) && (theirs.Device, theirs.Inode) == (ours.Device, ours.Inode);

    void End(Caller caller, Transfer transfer, ReadOnlySpan<byte> said)
    {
        ReadOnlySpan<byte> ends = Encoding.ASCII.GetBytes(TransferNotice.Ends);
        int? status = said.StartsWith(ends) && int.TryParse(said[ends.Length..], CultureInfo.InvariantCulture, out int number) ? number : null;

        // It waits for our answer: its number is its own still.
        ProcessBytes? after = status is null ? null : ProcessBytes.Find(caller.Pid);
        _note(transfer.Start, transfer.Describe(status, after, _host.Clock.GetUtcNow()));
        caller.Connection.TrySend("done"u8);
    }

    sealed class Caller(MessageSocket connection, int pid, uint uid)
    {
        public MessageSocket Connection => connection;

        public int Pid => pid;

        public uint Uid => uid;

        public long Since { get; } = Stopwatch.GetTimestamp();

        public Transfer? Transfer { get; set; }
    }
}
