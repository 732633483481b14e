using Akashi.Daemon.Recorder;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public class RefusalThrottleTests
{
    readonly ManualClock _clock = new(TestHost.Noon);

    [Fact]
    public void The_first_of_a_minute_are_said_and_the_others_counted()
    {
        var throttle = new RefusalThrottle(_clock);
        Assert.Equal(5, Enumerable.Range(0, 1000).Count(_ => throttle.TrySay(1000)));
        Assert.True(throttle.TrySay(1001));
        Assert.Empty(throttle.TakeCounted());

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([(1000u, 995L)], throttle.TakeCounted());
        Assert.Empty(throttle.TakeCounted());
        Assert.True(throttle.TrySay(1000));
    }

    [Fact]
    public void At_the_end_all_that_was_counted_is_said()
    {
        var throttle = new RefusalThrottle(_clock);
        for (int index = 0; index < 7; index++)
            throttle.TrySay(1000);

        Assert.Equal([(1000u, 2L)], throttle.TakeCounted(isEnd: true));
    }
}
