namespace Akashi.Linux.Accounts;

/// <summary>Keeps what look-ups found, and that they found nothing, for a while and within bounds.</summary>
/// <remarks>
/// Two generations: when the young one is full it becomes the old one, and the old one is dropped; a hit in the old
/// one makes the entry young again. So names in use survive a log that names a million made-up ones, without a list
/// to keep in order. For use from several threads; look-ups run outside the lock, so that a slow one holds up nobody else.
/// </remarks>
sealed class AccountCache<TKey, TValue>(TimeProvider clock, int generationEntries, TimeSpan foundFor, TimeSpan missingFor)
    where TKey : notnull
{
    readonly Lock _lock = new();
    Dictionary<TKey, Entry> _young = [];
    Dictionary<TKey, Entry> _old = [];

    /// <summary>Entries held now, at most twice the entries of a generation.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
                return _young.Count + _old.Count;
        }
    }

    /// <summary>What is known of a key, or what the look-up finds now.</summary>
    /// <returns>The value; default where there is none.</returns>
    internal TValue? Find(TKey key, Func<TKey, (bool IsFound, TValue? Value)> lookUp)
    {
        long now = clock.GetTimestamp();
        lock (_lock)
        {
            if (TryGet(key, now, out Entry known))
                return known.Value;
        }

        (bool isFound, TValue? value) = lookUp(key);
        lock (_lock)
            Store(key, new Entry(value, isFound ? foundFor : missingFor, now));
        return value;
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        lock (_lock)
        {
            _young.Clear();
            _old.Clear();
        }
    }

    bool TryGet(TKey key, long now, out Entry entry)
    {
        if (!_young.TryGetValue(key, out entry))
        {
            if (!_old.Remove(key, out entry))
                return false;
            Store(key, entry);
        }

        return clock.GetElapsedTime(entry.StoredAt, now) < entry.ValidFor;
    }

    void Store(TKey key, Entry entry)
    {
        if (_young.Count >= generationEntries && !_young.ContainsKey(key))
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[key] = entry;
    }

    readonly record struct Entry(TValue? Value, TimeSpan ValidFor, long StoredAt);
}
