namespace Akashi.Daemon.Recorder;

/// <summary>Keeps one user's claims from filling the audit trail: of the refusals of a minute the first few are said, the others counted.</summary>
/// <remarks>One thread's.</remarks>
/// <param name="clock">The clock.</param>
sealed class RefusalThrottle(TimeProvider clock)
{
    const int SaidMax = 5;
    static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    readonly Dictionary<uint, Window> _windows = [];

    /// <summary>Whether there is a count that isn't said yet.</summary>
    public bool HasCounted => _windows.Values.Any(window => window.Counted > 0);

    /// <summary>Whether a refusal of this user is said; else it's counted.</summary>
    public bool TrySay(uint uid)
    {
        if (!_windows.TryGetValue(uid, out Window? window))
            _windows[uid] = window = new Window { Began = clock.GetTimestamp() };
        if (window.Said < SaidMax)
        {
            window.Said++;
            return true;
        }

        window.Counted++;
        return false;
    }

    /// <summary>What was counted in minutes that are over; asked for once.</summary>
    /// <param name="isEnd">Whether no more comes: also of minutes that aren't over.</param>
    public IReadOnlyList<(uint Uid, long Count)> TakeCounted(bool isEnd = false)
    {
        List<(uint, long)> counted = [];
        foreach ((uint uid, Window window) in _windows.ToList())
        {
            if (!isEnd && clock.GetElapsedTime(window.Began) < s_window)
                continue;
            _windows.Remove(uid);
            if (window.Counted > 0)
                counted.Add((uid, window.Counted));
        }

        return counted;
    }

    sealed class Window
    {
        public long Began { get; init; }

        public int Said { get; set; }

        public long Counted { get; set; }
    }
}
