using System.Diagnostics;
using Akashi.Control;

namespace Akashi.Daemon.Losses;

/// <summary>Finds events that got a number from the kernel and never arrived.</summary>
/// <remarks>
/// <para>The kernel numbers an event when it makes the first record of it (audit_get_stamp in kernel/audit.c): after the exclude list was asked and
/// room in the backlog was found, and whoever makes no record takes no number (an event whose SYSCALL record is excluded goes without one). All records of an event, its EOE too, share it, and all readers
/// see the same. So every number is to arrive; one that doesn't was dropped behind that place (rate limit, no memory, no reader).</para>
/// <para>Events overtake each other, and one that is held up in the middle (its process sleeps in a fault, a file system that hangs) can be minutes
/// late: what is missing for <see cref="AgeMin"/> is counted, and taken back where it arrives after all.</para>
/// <para>Bounded: what is missing is held as ranges; where there are too many, the oldest are counted and forgotten, and can't be taken back any
/// more. Numbers wrap around at 2^32. Used by the write stage's thread; the counts may be read by any.</para>
/// </remarks>
/// <param name="clock">The clock.</param>
/// <param name="ledger">Gets the counts.</param>
public sealed class SerialGaps(TimeProvider clock, LossLedger ledger)
{
    /// <summary>How long a number is waited for.</summary>
    public static readonly TimeSpan AgeMin = TimeSpan.FromSeconds(60);

    /// <summary>The most ranges that are held.</summary>
    public const int RangesMax = 2048;

    const int ForgottenAtOnce = RangesMax / 4;

    // Ordered by number, which is the order of noticing too: the first so many are counted, the rest is waited for.
    readonly Gap[] _gaps = new Gap[RangesMax];
    int _count;
    int _countedCount;
    uint _highest;
    bool _isBegun;
    bool _isAbsence;
    long _events;

    /// <summary>Events seen.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>The highest number seen, or seeded; null before the first.</summary>
    public uint? Highest => Volatile.Read(ref _isBegun) ? Volatile.Read(ref _highest) : null;

    /// <summary>Ranges held now.</summary>
    public int Ranges => _count;

    /// <summary>Called with the number of events between the seeded one and the first that is noted: what an absence cost, to be said by who is called.</summary>
    public Action<long>? OnAbsence { get; set; }

    /// <summary>Before the first: the last number that a former service wrote; what lies between it and the first to come is an absence's.</summary>
    public void Seed(uint serial)
    {
        Debug.Assert(!_isBegun);
        _highest = serial;
        _isBegun = _isAbsence = true;
    }

    /// <summary>Numbers that are missing and not counted yet: they may still arrive.</summary>
    /// <remarks>For a program that goes on where this one stops; only while nothing is noted.</remarks>
    public IReadOnlyList<SerialRange> ListAwaited() => [.. _gaps[_countedCount.._count].Select(gap => new SerialRange(gap.First, gap.Last))];

    /// <summary>Before the first: goes on where another program stopped; what it waited for is waited for anew.</summary>
    /// <param name="highest">The highest number it saw.</param>
    /// <param name="awaited">In order, apart, all below the highest.</param>
    public void Continue(uint highest, IReadOnlyList<SerialRange> awaited)
    {
        Debug.Assert(!_isBegun);
        _highest = highest;
        _isBegun = true;
        foreach (SerialRange range in awaited)
            Add(new Gap(range.First, range.Last, clock.GetTimestamp(), LossSource.Gap));
    }

    /// <summary>A message of the kernel with this number has arrived. Allocates nothing.</summary>
    public void Note(uint serial)
    {
        if (serial == _highest && _isBegun)
            return;
        if (serial == _highest + 1 && _isBegun && !_isAbsence)
        {
            _highest = serial;
            _events++;
            return;
        }

        NoteOther(serial);
    }

    /// <summary>Counts what has been waited for long enough; to be called about every second.</summary>
    public void Age()
    {
        while (_countedCount < _count && clock.GetElapsedTime(_gaps[_countedCount].NoticedAt) >= AgeMin)
            CountOldest();
    }

    /// <summary>Counts all that is waited for: nothing more will come.</summary>
    public void CountAll()
    {
        while (_countedCount < _count)
            CountOldest();
    }

    void NoteOther(uint serial)
    {
        int ahead = (int)(serial - _highest);
        if (!_isBegun)
        {
            _isBegun = true;
            _highest = serial;
            _events++;
        }
        else if (ahead > 0)
        {
            _events++;
            Open(_highest + 1, serial - 1);
            _highest = serial;
        }
        else
        {
            NoteLate(serial);
        }
    }

    void Open(uint first, uint last)
    {
        long size = (long)(last - first) + 1;
        if (_isAbsence)
            OnAbsence?.Invoke(first == last + 1 ? 0 : size);
        if (first != last + 1)
            Add(new Gap(first, last, clock.GetTimestamp(), _isAbsence ? LossSource.Absence : LossSource.Gap));

        // Nobody knows whether these come: they are said at once.
        if (_isAbsence && _count > 0)
            CountOldest();
        _isAbsence = false;
    }

    void Add(Gap gap)
    {
        if (_count == RangesMax)
            Forget(ForgottenAtOnce);
        _gaps[_count++] = gap;
    }

    void Forget(int count)
    {
        while (_countedCount < count)
            CountOldest();
        Array.Copy(_gaps, count, _gaps, 0, _count - count);
        _count -= count;
        _countedCount -= count;
    }

    void CountOldest()
    {
        Gap oldest = _gaps[_countedCount++];
        if (oldest.Source == LossSource.Absence)
            ledger.AddSaid(oldest.Source, oldest.Size);
        else
            ledger.Add(oldest.Source, oldest.Size);
    }

    // A further record of an event that was seen, unless it lies in a gap.
    void NoteLate(uint serial)
    {
        int index = Find(serial);
        if (index < 0)
            return;
        _events++;
        Gap gap = _gaps[index];
        if (index < _countedCount)
            ledger.TakeBack(gap.Source, 1);
        if (gap.First == gap.Last)
            Remove(index);
        else if (serial == gap.First)
            _gaps[index] = gap with { First = serial + 1 };
        else if (serial == gap.Last)
            _gaps[index] = gap with { Last = serial - 1 };
        else
            Split(index, serial);
    }

    // By halves; numbers are compared by how far they are behind the highest, so that wrapping around does no harm.
    int Find(uint serial)
    {
        uint behind = _highest - serial;
        int low = 0;
        int high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (behind > _highest - _gaps[middle].First)
                high = middle - 1;
            else if (behind < _highest - _gaps[middle].Last)
                low = middle + 1;
            else
                return middle;
        }

        return -1;
    }

    void Remove(int index)
    {
        Array.Copy(_gaps, index + 1, _gaps, index, _count - index - 1);
        _count--;
        if (index < _countedCount)
            _countedCount--;
    }

    void Split(int index, uint serial)
    {
        if (_count == RangesMax)
        {
            Forget(ForgottenAtOnce);
            index -= ForgottenAtOnce;
            if (index < 0)
                return;
        }

        Gap gap = _gaps[index];
        Array.Copy(_gaps, index, _gaps, index + 1, _count - index);
        _count++;
        if (index < _countedCount)
            _countedCount++;
        _gaps[index] = gap with { Last = serial - 1 };
        _gaps[index + 1] = gap with { First = serial + 1 };
    }

    readonly record struct Gap(uint First, uint Last, long NoticedAt, LossSource Source)
    {
        public long Size => (long)(Last - First) + 1;
    }
}
