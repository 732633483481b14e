using System.Diagnostics;
using Akashi.Linux.Sockets;

namespace Akashi.Daemon.Status;

/// <summary>Makes the answer to what an asker has said so far.</summary>
/// <param name="asker">Who asks.</param>
/// <param name="request">What came: any bytes.</param>
/// <param name="isEnd">Whether no more comes.</param>
/// <returns>Null where more is to come, which it can't be at the end.</returns>
delegate byte[]? AnswerAsker(StreamConnection asker, ReadOnlySpan<byte> request, bool isEnd);

/// <summary>Serves many askers at once with one thread: each asks one thing, is answered and dropped, each has its own time.</summary>
/// <remarks>
/// Nobody waits for another who says or takes nothing. Of more than 64 the one that has been silent for longest gives way. An answer is made by the thread itself: while it
/// is, the others wait.
/// </remarks>
sealed class AskerLoop : IDisposable
{
    const int StackBytes = 192 * 1024;
    const int AskersMax = 64;
    const int AcceptedAtOnceMax = 16;

    static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);

    readonly ListeningSocket _socket;
    readonly int _requestBytesMax;
    readonly TimeSpan _patience;
    readonly AnswerAsker _answer;
    readonly TimeProvider _clock;
    readonly WaitList _waits = new();
    readonly List<Asker> _askers = [];
    readonly Thread _thread;
    volatile bool _isEnded;

    /// <summary>Answers from now on.</summary>
    /// <param name="name">The thread's.</param>
    /// <param name="socket">Where askers connect; owned.</param>
    /// <param name="requestBytesMax">What comes after so many bytes is not asked for.</param>
    /// <param name="patience">How long an asker may take to ask, and then to take its answer.</param>
    /// <param name="answer">Called on the thread of the loop.</param>
    /// <param name="clock">Measures patience; null for the machine's.</param>
    public AskerLoop(string name, ListeningSocket socket, int requestBytesMax, TimeSpan patience, AnswerAsker answer, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _socket = socket;
        _requestBytesMax = requestBytesMax;
        _patience = patience;
        _answer = answer;
        _thread = new Thread(Run, StackBytes) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends after the answer that is being made; who was not answered by then is dropped.</summary>
    public void Dispose()
    {
        _isEnded = true;
        _waits.Wake();
        _thread.Join();
        foreach (Asker asker in _askers)
            asker.Connection.Dispose();
        _socket.Dispose();
        _waits.Dispose();
    }

    void Run()
    {
        while (!_isEnded)
        {
            _waits.Clear();
            int callers = _waits.Watch(_socket);
            foreach (Asker asker in _askers)
                asker.WaitIndex = _waits.Watch(asker.Connection, reads: asker.Answer is null, writes: asker.Answer is not null);
            _waits.TryWait(UntilNextDeadline());
            if (_isEnded)
                return;

            // From the end, so that dropping one moves none that is to come.
            for (int index = _askers.Count - 1; index >= 0; index--)
            {
                if (!Serve(_askers[index], _waits.IsReady(_askers[index].WaitIndex)))
                    Drop(index);
            }

            if (_waits.IsReady(callers))
                Accept();
        }
    }

    TimeSpan UntilNextDeadline()
    {
        if (_askers.Count == 0)
            return Timeout.InfiniteTimeSpan;
        long first = long.MaxValue;
        foreach (Asker asker in _askers)
            first = Math.Min(first, asker.Began);
        TimeSpan left = _patience - _clock.GetElapsedTime(first);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // False where there is nothing more to do for the asker.
    bool Serve(Asker asker, bool isReady)
    {
        bool isLate = _clock.GetElapsedTime(asker.Began) >= _patience;
        if (asker.Answer is null)
        {
            if (!isReady && !isLate)
                return true;
            if (!TryReceive(asker, isLate))
                return false;
            if (asker.Answer is null)
                return true;
        }
        else if (isLate)
            return false;

        int sent = asker.Connection.SendNow(asker.Answer.AsSpan(asker.Sent));
        asker.Sent += Math.Max(sent, 0);
        return sent >= 0 && asker.Sent < asker.Answer.Length;
    }

    // False where the connection broke.
    bool TryReceive(Asker asker, bool isLate)
    {
        bool isEnd = isLate;
        if (asker.Connection.TryReceiveNow(asker.Request.AsSpan(asker.Length), out int received))
        {
            if (received < 0)
                return false;
            asker.Length += received;
            isEnd |= received == 0 || asker.Length == asker.Request.Length;
        }

        asker.Answer = _answer(asker.Connection, asker.Request.AsSpan(0, asker.Length), isEnd);
        Debug.Assert(asker.Answer is not null || !isEnd);
        if (asker.Answer is not null)
            asker.Began = _clock.GetTimestamp();
        return true;
    }

    void Accept()
    {
        for (int count = 0; count < AcceptedAtOnceMax; count++)
        {
            if (_socket.AcceptNow() is not { } accepted)
            {
                // Without a descriptor left, who waits can't be accepted and stays: no reason to spin.
                if (count == 0)
                    Thread.Sleep(s_rest);
                return;
            }

            if (_askers.Count == AskersMax)
                Drop(FindMostSilent());
            _askers.Add(new Asker(accepted, _requestBytesMax, _clock.GetTimestamp()));
        }
    }

    int FindMostSilent()
    {
        int found = 0;
        for (int index = 1; index < _askers.Count; index++)
        {
            (Asker one, Asker other) = (_askers[index], _askers[found]);
            bool isMore = one.Answer is null == other.Answer is null ? one.Began < other.Began : one.Answer is null;
            found = isMore ? index : found;
        }

        return found;
    }

    void Drop(int index)
    {
        _askers[index].Connection.Dispose();
        _askers.RemoveAt(index);
    }

    sealed class Asker(StreamConnection connection, int requestBytesMax, long now)
    {
        public StreamConnection Connection { get; } = connection;

        public byte[] Request { get; } = new byte[requestBytesMax];

        public int Length { get; set; }

        public byte[]? Answer { get; set; }

        public int Sent { get; set; }

        public int WaitIndex { get; set; }

        // When it connected; when it was answered.
        public long Began { get; set; } = now;
    }
}
