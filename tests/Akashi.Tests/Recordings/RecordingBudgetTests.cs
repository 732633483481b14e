using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

public class RecordingBudgetTests
{
    const long Second = 1_000_000;

    [Fact]
    public void Without_limits_nothing_is_refused()
    {
        var budget = new RecordingBudget(0, 1, 0);
        budget.Take(long.MaxValue / 4);

        Assert.Null(budget.Refuses(0));
    }

    [Fact]
    public void A_burst_is_taken_and_then_a_seconds_worth_must_gather()
    {
        var budget = new RecordingBudget(100, 1000, 0);
        budget.Take(999);
        Assert.Null(budget.Refuses(0));
        budget.Take(1);

        Assert.Equal(RecordingGapCause.Rate, budget.Refuses(0));
        Assert.Equal(RecordingGapCause.Rate, budget.Refuses(Second - 10_000));
        Assert.Null(budget.Refuses(Second));
    }

    [Fact]
    public void A_large_event_is_owed()
    {
        var budget = new RecordingBudget(100, 1000, 0);
        budget.Take(1300);

        Assert.Equal(RecordingGapCause.Rate, budget.Refuses(3 * Second));
        Assert.Null(budget.Refuses(4 * Second));
    }

    [Fact]
    public void A_long_pause_gives_the_burst_and_no_more()
    {
        var budget = new RecordingBudget(100, 1000, 0);
        Assert.Null(budget.Refuses(3600 * Second));
        budget.Take(1000);

        Assert.Equal(RecordingGapCause.Rate, budget.Refuses(3600 * Second));
    }

    [Fact]
    public void What_is_taken_in_all_ends_it_for_good()
    {
        var budget = new RecordingBudget(0, 1, 1000);
        budget.Take(999);
        Assert.Null(budget.Refuses(0));
        budget.Take(1);

        Assert.Equal(RecordingGapCause.Size, budget.Refuses(3600 * Second));
    }

    [Fact]
    public void A_clock_that_goes_back_gives_nothing_and_takes_nothing()
    {
        var budget = new RecordingBudget(100, 1000, 0);
        budget.Take(1000);

        Assert.Equal(RecordingGapCause.Rate, budget.Refuses(-5 * Second));
        Assert.Null(budget.Refuses(Second));
    }

    // Whoever looks often gets no less than whoever looks once: no time is lost to rounding.
    [Fact]
    public void However_often_it_is_looked_at_the_rate_is_kept()
    {
        Seeded.Repeat(20, random =>
        {
            int rate = random.Next(1, 5000);
            var budget = new RecordingBudget(rate, rate, 0);
            long now = 0, recorded = 0;
            while (now < 100 * Second)
            {
                now += random.Next(1, 50_000);
                if (budget.Refuses(now) is null)
                {
                    int count = random.Next(1, rate);
                    budget.Take(count);
                    recorded += count;
                }
            }

            double allowed = rate + ((double)rate * now / Second);
            Assert.InRange(recorded, (allowed * 0.9) - (2 * rate), allowed + rate);
        });
    }
}
