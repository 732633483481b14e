using Akashi.Control;

namespace Akashi.Daemon.Losses;

/// <summary>What is missing from the trail, by who lost it, and what no record of the trail speaks of yet.</summary>
/// <remarks>
/// The counts overlap (a record that the kernel dropped for its rate limit had a number, and makes a gap too) and are never added up. What the disk
/// refused is counted in <see cref="Disk.DiskLedger"/>, which says it in front of the first group that is taken again. For several threads.
/// </remarks>
/// <param name="clock">The clock.</param>
public sealed class LossLedger(TimeProvider clock)
{
    static readonly int s_sources = Enum.GetValues<LossSource>().Length;

    readonly Lock _gate = new();
    readonly LossCount[] _counts = [.. Enum.GetValues<LossSource>().Select(source => new LossCount(source, 0))];
    readonly long[] _late = new long[s_sources];
    volatile bool _hasUnsaid;

    /// <summary>Whether something is counted that the trail doesn't speak of.</summary>
    public bool HasUnsaid => _hasUnsaid;

    /// <summary>Counts a loss that the trail is to be told of.</summary>
    /// <param name="source">Who lost it.</param>
    /// <param name="count">How many; 0 for nothing to do.</param>
    public void Add(LossSource source, long count) => Change(source, count, count);

    /// <summary>Counts a loss that somebody else tells the trail of.</summary>
    public void AddSaid(LossSource source, long count) => Change(source, count, 0);

    /// <summary>What a former service counted and could not say.</summary>
    public void Restore(LossSource source, long unsaid) => Change(source, unsaid, unsaid);

    /// <summary>Something that was counted as missing has arrived.</summary>
    public void TakeBack(LossSource source, long count)
    {
        lock (_gate)
        {
            LossCount found = _counts[(int)source];
            long unsaid = Math.Min(found.Unsaid, count);
            _late[(int)source] += count - unsaid;
            _counts[(int)source] = found with { Count = found.Count - count, Unsaid = found.Unsaid - unsaid, TakenBack = found.TakenBack + count };
            _hasUnsaid = true;
        }
    }

    /// <summary>What is to be said now: the bodies of records. Whoever takes them says them, or gives them back.</summary>
    public IReadOnlyList<LossSaying> TakeUnsaid()
    {
        var sayings = new List<LossSaying>();
        lock (_gate)
        {
            _hasUnsaid = false;
            for (int index = 0; index < s_sources; index++)
            {
                LossCount found = _counts[index];
                if (found.Unsaid > 0)
                    sayings.Add(new LossSaying(found.Source, found.Unsaid, IsLate: false));
                if (_late[index] > 0)
                    sayings.Add(new LossSaying(found.Source, _late[index], IsLate: true));
                _counts[index] = found with { Unsaid = 0 };
                _late[index] = 0;
            }
        }

        return sayings;
    }

    /// <summary>The disk didn't take what was said: it is unsaid again.</summary>
    public void GiveBack(IReadOnlyList<LossSaying> sayings)
    {
        lock (_gate)
        {
            foreach (LossSaying saying in sayings)
            {
                int index = (int)saying.Source;
                if (saying.IsLate)
                    _late[index] += saying.Count;
                else
                    _counts[index] = _counts[index] with { Unsaid = _counts[index].Unsaid + saying.Count };
                _hasUnsaid = true;
            }
        }
    }

    /// <summary>The count of a source.</summary>
    public LossCount Of(LossSource source)
    {
        lock (_gate)
            return _counts[(int)source];
    }

    void Change(LossSource source, long count, long unsaid)
    {
        if (count <= 0)
            return;
        lock (_gate)
        {
            LossCount found = _counts[(int)source];
            _counts[(int)source] = found with { Count = found.Count + count, Unsaid = found.Unsaid + unsaid, Last = clock.GetUtcNow() };
            _hasUnsaid |= unsaid > 0;
        }
    }
}
