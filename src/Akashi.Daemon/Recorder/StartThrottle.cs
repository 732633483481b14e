namespace Akashi.Daemon.Recorder;

/// <summary>Keeps one user from filling the disk with recordings by claims without end: so many are started in a minute, for root any number.</summary>
/// <remarks>
/// One thread's. What a login server vouches for has a limit of its own, which real logins don't meet: else a user's program on terminals of its own could keep that user's logins from being
/// recorded. A claim by such a login can be made again and again, too, so it isn't without one.
/// </remarks>
/// <param name="clock">The clock.</param>
sealed class StartThrottle(TimeProvider clock)
{
    /// <summary>Of a login's own, a minute.</summary>
    internal const int OwnMax = 1000;

    /// <summary>Of any other, a minute.</summary>
    internal const int OthersMax = 60;

    static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    readonly Dictionary<(uint Uid, bool IsOwn), Window> _windows = [];
    long _sweptAt = clock.GetTimestamp();

    /// <summary>Users it remembers.</summary>
    internal int Count => _windows.Count;

    /// <summary>Whether one more may be started, which is then counted.</summary>
    /// <param name="uid">Whose.</param>
    /// <param name="isOwn">Whether it's a login's own (docs/recorder.md).</param>
    public bool TryStart(uint uid, bool isOwn)
    {
        if (uid == 0)
            return true;
        Sweep();
        if (!_windows.TryGetValue((uid, isOwn), out Window? window) || IsOver(window.Began))
            _windows[(uid, isOwn)] = window = new Window { Began = clock.GetTimestamp() };
        if (window.Count >= (isOwn ? OwnMax : OthersMax))
            return false;
        window.Count++;
        return true;
    }

    // Once a minute: a user may have many numbers (subuid).
    void Sweep()
    {
        if (!IsOver(_sweptAt))
            return;
        _sweptAt = clock.GetTimestamp();
        foreach ((uint, bool) key in _windows.Where(pair => IsOver(pair.Value.Began)).Select(pair => pair.Key).ToList())
            _windows.Remove(key);
    }

    bool IsOver(long began) => clock.GetElapsedTime(began) >= s_window;

    sealed class Window
    {
        public long Began { get; init; }

        public int Count { get; set; }
    }
}
