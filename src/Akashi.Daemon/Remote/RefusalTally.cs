using System.Runtime.InteropServices;

namespace Akashi.Daemon.Remote;

/// <summary>Connections that weren't let in: the trail gets a record a second for each reason and address, however many they are.</summary>
/// <remarks>
/// Whoever reaches the port could rotate the trail away otherwise. The first is said at once, those that follow within a second as one sum. Only so many reasons and addresses are known at
/// a time; what is beyond goes to one sum for each reason, of nobody's address.
/// </remarks>
/// <param name="clock">The clock.</param>
/// <param name="say">Told of a reason, an address (<see cref="Others"/> for many), the port of a single connection, and how many they were.</param>
sealed class RefusalTally(TimeProvider clock, Action<string, string, int, long> say)
{
    /// <summary>In place of an address: those of many.</summary>
    public const string Others = "?";

    /// <summary>How many reasons and addresses are known at a time.</summary>
    public const int KnownMax = 64;

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    readonly Dictionary<(string Reason, string Address), Entry> _known = [];

    /// <summary>Counts one.</summary>
    public void Count(string reason, string address, int port)
    {
        if (_known.Count >= KnownMax && !_known.ContainsKey((reason, address)))
            address = Others;
        ref Entry entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, (reason, address), out bool isKnown);
        entry.Count++;
        entry.Port = port;
        if (!isKnown || IsDue(entry))
            Say(reason, address, ref entry);
    }

    /// <summary>Says what a second has passed for, and forgets who came no more.</summary>
    public void Look()
    {
        foreach ((string Reason, string Address) key in _known.Keys)
        {
            ref Entry entry = ref CollectionsMarshal.GetValueRefOrNullRef(_known, key);
            if (!IsDue(entry))
                continue;
            if (entry.Count > 0)
                Say(key.Reason, key.Address, ref entry);
            else
                _known.Remove(key);
        }
    }

    /// <summary>At the end: says what isn't said yet.</summary>
    public void End()
    {
        foreach ((string Reason, string Address) key in _known.Keys)
        {
            ref Entry entry = ref CollectionsMarshal.GetValueRefOrNullRef(_known, key);
            if (entry.Count > 0)
                Say(key.Reason, key.Address, ref entry);
        }

        _known.Clear();
    }

    bool IsDue(in Entry entry) => clock.GetElapsedTime(entry.SaidAt) >= s_second;

    void Say(string reason, string address, ref Entry entry)
    {
        say(reason, address, entry.Port, entry.Count);
        entry.Count = 0;
        entry.SaidAt = clock.GetTimestamp();
    }

    struct Entry
    {
        public long Count;
        public long SaidAt;
        public int Port;
    }
}
