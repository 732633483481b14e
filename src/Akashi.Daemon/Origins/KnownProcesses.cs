using Akashi.Host;

namespace Akashi.Daemon.Origins;

/// <summary>The processes that records named lately: 128 at most, of which each holds three descriptors at most.</summary>
/// <remarks>Not for several threads. Who wasn't asked for since the last time round leaves first (second chance).</remarks>
/// <param name="files">/proc.</param>
/// <param name="host">When it was booted, and the clock.</param>
sealed class KnownProcesses(IProcessFiles files, IHost host) : IDisposable
{
    const int ProcessesMax = 128;

    static readonly TimeSpan s_bootAge = TimeSpan.FromSeconds(1);

    readonly Dictionary<int, KnownProcess> _byPid = [];
    readonly KnownProcess?[] _all = new KnownProcess?[ProcessesMax];
    int _hand;
    long _booted;
    long _bootedLookedAt;

    /// <summary>The process that had a number at a time, as far as that is beyond doubt.</summary>
    /// <param name="pid">The number.</param>
    /// <param name="happened">The time, in milliseconds since the epoch.</param>
    /// <param name="isNew">Whether to look who has the number now, instead of who is known to have had it.</param>
    /// <returns>Null where nobody knows.</returns>
    public KnownProcess? Find(int pid, long happened, bool isNew)
    {
        _byPid.TryGetValue(pid, out KnownProcess? known);
        if (isNew)
            known = Renew(pid, known);
        if (known is null || !known.RanAt(happened))
            return null;
        known.IsUsed = true;
        return known;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (KnownProcess known in _byPid.Values)
            known.Dispose();
        _byPid.Clear();
    }

    KnownProcess? Renew(int pid, KnownProcess? former)
    {
        int place = former is null ? -1 : Array.IndexOf(_all, former);
        KnownProcess? found = KnownProcess.Find(files, pid, Booted());
        if (found is null)
            return null;
        place = place < 0 ? FindPlace() : place;
        if (_all[place] is { } leaving)
        {
            _byPid.Remove(leaving.Pid);
            leaving.Dispose();
        }

        return _all[place] = _byPid[pid] = found;
    }

    int FindPlace()
    {
        while (_all[_hand] is { IsUsed: true } used)
        {
            used.IsUsed = false;
            _hand = (_hand + 1) % ProcessesMax;
        }

        int place = _hand;
        _hand = (_hand + 1) % ProcessesMax;
        return place;
    }

    // By the clock of now: records have its time. Asked again each second, since the clock may be set.
    long Booted()
    {
        if (_booted == 0 || host.Clock.GetElapsedTime(_bootedLookedAt) >= s_bootAge)
        {
            _bootedLookedAt = host.Clock.GetTimestamp();
            _booted = host.BootTime.ToUnixTimeMilliseconds();
        }

        return _booted;
    }
}
