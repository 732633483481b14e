using Akashi.Host;

namespace Akashi.Daemon;

/// <summary>Account names, if they come in time: a directory server that hangs must not hold up the trail.</summary>
/// <remarks>
/// One thread asks; whoever waits gives up after the deadline, and as long as that thread hangs everybody gets "none" at once. An answer
/// that comes late is in the cache of the accounts beneath for the next who asks. For use from several threads.
/// </remarks>
/// <param name="accounts">Where names come from.</param>
/// <param name="deadline">How long an answer is waited for; default 50 ms.</param>
public sealed class DeadlineAccounts(IAccounts accounts, TimeSpan? deadline = null) : IAccounts
{
    static readonly TimeSpan s_defaultDeadline = TimeSpan.FromMilliseconds(50);

    readonly TimeSpan _deadline = deadline ?? s_defaultDeadline;
    readonly object _gate = new();
    Thread? _thread;
    Func<string?>? _question;
    string? _answer;
    long _late;

    /// <summary>How often an answer was not there in time.</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Whether a question waits for its answer; to the thread that asks: whether its last one wasn't answered in time, nor since.</summary>
    public bool IsHanging => Volatile.Read(ref _question) is not null;

    /// <inheritdoc/>
    public string? FindUserName(uint uid) => Ask(() => accounts.FindUserName(uid));

    /// <inheritdoc/>
    public string? FindGroupName(uint gid) => Ask(() => accounts.FindGroupName(gid));

    /// <inheritdoc/>
    /// <remarks>Not bounded: nobody asks for numbers while recording.</remarks>
    public bool TryFindUser(string name, out uint uid) => accounts.TryFindUser(name, out uid);

    /// <inheritdoc/>
    /// <remarks>Not bounded: nobody asks for numbers while recording.</remarks>
    public bool TryFindGroup(string name, out uint gid) => accounts.TryFindGroup(name, out gid);

    /// <inheritdoc/>
    public void Forget() => accounts.Forget();

    string? Ask(Func<string?> question)
    {
        lock (_gate)
        {
            if (_question is not null)
                return Missed();
            _thread ??= StartThread();
            _question = question;
            _answer = null;
            Monitor.PulseAll(_gate);
            long end = Environment.TickCount64 + (long)_deadline.TotalMilliseconds;
            while (ReferenceEquals(_question, question))
            {
                long left = end - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_gate, (int)left))
                    return ReferenceEquals(_question, question) ? Missed() : _answer;
            }

            return _answer;
        }
    }

    string? Missed()
    {
        _late++;
        return null;
    }

    Thread StartThread()
    {
        var thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "names" };
        thread.Start();
        return thread;
    }

    void Run()
    {
        while (true)
        {
            Func<string?> question;
            lock (_gate)
            {
                while (_question is null)
                    Monitor.Wait(_gate);
                question = _question;
            }

            string? answer = question();
            lock (_gate)
            {
                _answer = answer;
                _question = null;
                Monitor.PulseAll(_gate);
            }
        }
    }
}
