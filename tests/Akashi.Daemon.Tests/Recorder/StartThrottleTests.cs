using Akashi.Daemon.Recorder;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public class StartThrottleTests
{
    readonly ManualClock _clock = new(TestHost.Noon);
    readonly StartThrottle _throttle;

    public StartThrottleTests() => _throttle = new StartThrottle(_clock);

    [Fact]
    public void Sixty_of_a_user_are_started_in_a_minute_and_as_many_in_the_next()
    {
        Assert.Equal(60, Started(1000, isOwn: false));
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, Started(1000, isOwn: false));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(60, Started(1000, isOwn: false));
    }

    [Fact]
    public void Who_has_used_theirs_up_takes_nothing_from_others_nor_from_their_own_logins()
    {
        Started(1000, isOwn: false);

        Assert.Equal(60, Started(1001, isOwn: false));
        Assert.Equal(1000, Started(1000, isOwn: true));
        Assert.Equal(5000, Started(0, isOwn: false));
    }

    [Fact]
    public void Users_of_minutes_that_are_over_are_forgotten()
    {
        for (uint uid = 1; uid <= 1000; uid++)
            _throttle.TryStart(uid, isOwn: false);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _throttle.TryStart(1, isOwn: false);

        Assert.Equal(1, _throttle.Count);
    }

    int Started(uint uid, bool isOwn) => Enumerable.Range(0, 5000).Count(_ => _throttle.TryStart(uid, isOwn));
}
