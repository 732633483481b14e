using Akashi.Control;
using Akashi.Daemon.Losses;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Losses;

/// <summary>Numbers that never arrived: noticed, waited for, counted, taken back.</summary>
public class SerialGapsTests
{
    static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeSeconds(1_795_246_203);

    readonly ManualClock _clock = new(s_start);
    readonly LossLedger _ledger;
    readonly SerialGaps _gaps;

    public SerialGapsTests()
    {
        _ledger = new LossLedger(_clock);
        _gaps = new SerialGaps(_clock, _ledger);
    }

    long Missing => _ledger.Of(LossSource.Gap).Count;

    [Fact]
    public void Another_program_goes_on_waiting_for_what_was_missing()
    {
        var former = new SerialGaps(_clock, _ledger);
        foreach (uint serial in (uint[])[10, 13, 15])
            former.Note(serial);

        var next = new SerialGaps(_clock, _ledger);
        next.Continue(former.Highest!.Value, former.ListAwaited());
        foreach (uint serial in (uint[])[12, 16])
            next.Note(serial);
        _clock.Advance(SerialGaps.AgeMin);
        next.Age();

        Assert.Equal([new SerialRange(11, 12), new SerialRange(14, 14)], former.ListAwaited());
        Assert.Equal(2, _ledger.Of(LossSource.Gap).Count);
        Assert.Equal(2, next.Events);
    }

    [Fact]
    public void Records_of_one_event_and_events_in_order_leave_no_gap()
    {
        Note(7, 7, 7, 8, 9, 9, 8, 10);
        Wait(3600);

        Assert.Equal((0L, 4L, 0), (Missing, _gaps.Events, _gaps.Ranges));
    }

    [Fact]
    public void What_is_missing_for_a_minute_is_counted_once()
    {
        Note(10, 14);
        Wait(59);
        Assert.Equal(0, Missing);
        Wait(1);
        Wait(600);

        Assert.Equal(3, Missing);
        Assert.Equal(s_start.AddSeconds(60), _ledger.Of(LossSource.Gap).Last);
    }

    [Fact]
    public void What_was_overtaken_is_no_loss()
    {
        Note(10, 14, 12, 11, 13, 12, 15);
        Wait(60);

        Assert.Equal((0L, 6L), (Missing, _gaps.Events));
    }

    [Fact]
    public void What_arrives_minutes_later_is_taken_back()
    {
        Note(10, 14);
        Wait(60);
        Assert.Equal([new LossSaying(LossSource.Gap, 3, false)], _ledger.TakeUnsaid());
        Note(12);

        LossCount count = _ledger.Of(LossSource.Gap);
        Assert.Equal((2L, 1L), (count.Count, count.TakenBack));
        Assert.Equal([new LossSaying(LossSource.Gap, 1, true)], _ledger.TakeUnsaid());
    }

    [Fact]
    public void What_was_not_said_yet_need_not_be_taken_back_in_words()
    {
        Note(10, 14);
        Wait(60);
        Note(12, 11, 13);

        Assert.Equal(0, Missing);
        Assert.Empty(_ledger.TakeUnsaid());
    }

    [Fact]
    public void Numbers_wrap_around()
    {
        Note(uint.MaxValue - 1, 2, uint.MaxValue, 0);
        Wait(60);

        Assert.Equal((1L, 4L), (Missing, _gaps.Events));
    }

    [Fact]
    public void What_lies_between_a_former_service_and_the_first_event_is_its_absence_and_said_at_once()
    {
        long told = -1;
        _gaps.OnAbsence = count => told = count;
        _gaps.Seed(100);
        Note(105, 107);

        Assert.Equal((4L, 4L, 0L), (told, _ledger.Of(LossSource.Absence).Count, Missing));
        Note(103);
        Assert.Equal(3, _ledger.Of(LossSource.Absence).Count);
        Wait(60);
        Assert.Equal(1, Missing);
    }

    [Fact]
    public void An_absence_that_cost_nothing_is_told_as_such()
    {
        long told = -1;
        _gaps.OnAbsence = count => told = count;
        _gaps.Seed(100);
        Note(100, 101, 102);

        Assert.Equal((0L, 0L), (told, _ledger.Of(LossSource.Absence).Count));
    }

    [Fact]
    public void Very_many_gaps_take_no_more_room_and_are_all_counted()
    {
        for (uint serial = 1; serial < 40_000; serial += 2)
            _gaps.Note(serial);
        Assert.InRange(_gaps.Ranges, 1, SerialGaps.RangesMax);
        Wait(60);

        Assert.Equal(19_999, Missing);
    }

    [Fact]
    public void Noting_allocates_nothing()
    {
        uint serial = 1;
        Allocation.IsZero(() =>
        {
            for (int count = 0; count < 100_000; count++)
            {
                _gaps.Note(serial);
                _gaps.Note(serial);
                serial += count % 100 == 0 ? 3u : 1u;
            }
        });
    }

    // The twin remembers every number: missing is what lies between first and highest, was noticed long enough ago, and didn't come.
    [Fact]
    public void It_counts_as_its_naive_twin_does() => Seeded.Repeat(60, random =>
    {
        var clock = new ManualClock(s_start);
        var ledger = new LossLedger(clock);
        var gaps = new SerialGaps(clock, ledger);
        uint first = (uint)random.NextInt64(uint.MaxValue);
        var noticed = new Dictionary<long, DateTimeOffset>();
        var seen = new HashSet<long> { 0 };
        long highest = 0;
        gaps.Note(first);
        for (int step = 0; step < 3000; step++)
        {
            long offset = Math.Max(highest + random.Next(-40, random.Next(2, 8)), 0);
            gaps.Note(first + (uint)offset);
            seen.Add(offset);
            for (long number = highest + 1; number <= offset; number++)
                noticed[number] = clock.GetUtcNow();
            highest = Math.Max(highest, offset);
            clock.Advance(TimeSpan.FromSeconds(random.Next(3)));
            gaps.Age();

            DateTimeOffset due = clock.GetUtcNow() - SerialGaps.AgeMin;
            Assert.Equal(noticed.Count(pair => !seen.Contains(pair.Key) && pair.Value <= due), ledger.Of(LossSource.Gap).Count);
            Assert.Equal(seen.Count, gaps.Events);
        }
    });

    void Note(params uint[] serials)
    {
        foreach (uint serial in serials)
            _gaps.Note(serial);
    }

    void Wait(int seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _gaps.Age();
    }
}
