using Akashi.Control;
using Akashi.Daemon.Status;

namespace Akashi.Daemon.Tests.Status;

public class RateSamplerTests
{
    [Fact]
    public void Each_window_has_its_own_rate()
    {
        var sampler = new RateSampler();
        long events = 0;

        // An hour of 2/s, 50 seconds of 10/s, 10 seconds of nothing.
        for (int second = 0; second <= 3660; second++)
        {
            sampler.Take(TimeSpan.FromSeconds(second), events, events * 100);
            events += second < 3600 ? 2 : second < 3650 ? 10 : 0;
        }

        RecordingRates rates = sampler.Rates();
        Assert.Equal(0, rates.EventsNow);
        Assert.Equal(500 / 60.0, rates.EventsMinute, 0.01);
        Assert.Equal((7200 + 500 - 120) / 3600.0, rates.EventsHour, 0.01);
        Assert.Equal(3660, rates.DaySeconds);
        Assert.Equal(7700 * 100 / (3660 / 86400.0), rates.BytesDay, 1);
    }

    [Fact]
    public void A_day_is_the_last_24_hours()
    {
        var sampler = new RateSampler();
        for (int minute = 0; minute <= 3 * 1440; minute++)
            sampler.Take(TimeSpan.FromMinutes(minute), 0, minute <= 2 * 1440 ? 0 : (minute - (2 * 1440)) * 1000L);

        RecordingRates rates = sampler.Rates();
        Assert.Equal(86_400, rates.DaySeconds);
        Assert.Equal(1_440_000, rates.BytesDay, 1);
    }

    [Fact]
    public void A_young_service_says_nothing_of_a_day()
    {
        var sampler = new RateSampler();
        sampler.Take(TimeSpan.Zero, 0, 0);
        Assert.Equal((0.0, 0.0, null), (sampler.Rates().EventsNow, sampler.Rates().BytesDay, sampler.Rates().BytesDayKnown));

        sampler.Take(TimeSpan.FromSeconds(10), 50, 1000);
        Assert.Equal(5, sampler.Rates().EventsNow);
        Assert.Null(sampler.Rates().BytesDayKnown);
    }

    [Fact]
    public void Taking_allocates_nothing()
    {
        var sampler = new RateSampler();
        int second = 0;
        Akashi.Testing.Allocation.IsZero(() =>
        {
            for (int count = 0; count < 10_000; count++)
                sampler.Take(TimeSpan.FromSeconds(second++), second, second);
        });
    }
}
