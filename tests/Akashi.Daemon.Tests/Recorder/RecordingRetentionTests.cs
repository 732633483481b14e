using Akashi.Configuration;
using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public class RecordingRetentionTests
{
    const long Megabyte = 1 << 20;

    static readonly DateTimeOffset s_now = TestHost.Noon;
    static readonly FileSystemSpace s_roomy = new(1000 * Megabyte, 900 * Megabyte, 0);

    [Fact]
    public void Without_limits_nothing_goes() =>
        Assert.Empty(Choose(RecorderConfiguration.Default, s_roomy, Of("a", 9000, 500)));

    [Fact]
    public void Older_than_wanted_go_and_no_others() =>
        Assert.Equal(["b", "a"], Choose(RecorderConfiguration.Default with { KeepDays = 30 }, s_roomy, Of("c", 29, 1), Of("a", 31, 1), Of("b", 32, 1), Of("d", 0, 1)));

    [Fact]
    public void The_oldest_go_until_the_rest_fits() =>
        Assert.Equal(["a", "b"], Choose(RecorderConfiguration.Default with { KeepMegabytes = 100 }, s_roomy, Of("a", 4, 40), Of("b", 3, 40), Of("c", 2, 40), Of("d", 1, 40)));

    [Fact]
    public void What_goes_on_counts_and_stays() =>
        Assert.Equal(["a"], Choose(RecorderConfiguration.Default with { KeepMegabytes = 100 }, s_roomy, liveBytes: 80 * Megabyte, Of("a", 4, 15), Of("b", 3, 15)));

    [Fact]
    public void The_oldest_go_until_enough_is_free() =>
        Assert.Equal(
            ["a", "b"],
            Choose(RecorderConfiguration.Default with { KeepFree = new SpaceLimit(10, IsPercent: true) }, new FileSystemSpace(1000 * Megabyte, 50 * Megabyte, 0), Of("c", 1, 30), Of("a", 3, 30), Of("b", 2, 30)));

    [Fact]
    public void With_a_clock_that_jumped_nothing_goes_for_its_age() =>
        Assert.Empty(RecordingRetention.Choose([Of("a", 9000, 1)], 0, RecorderConfiguration.Default with { KeepDays = 1 }, s_roomy, now: null));

    [Fact]
    public void A_jump_is_distrusted_for_a_day()
    {
        var clock = new JumpingClock();
        var steadiness = new ClockSteadiness(clock);
        clock.Pass(TimeSpan.FromHours(5));
        Assert.NotNull(steadiness.Look(out TimeSpan? none));
        Assert.Null(none);

        clock.Jump(TimeSpan.FromDays(3650));
        Assert.Null(steadiness.Look(out TimeSpan? jump));
        Assert.Equal(TimeSpan.FromDays(3650), jump);
        clock.Pass(TimeSpan.FromHours(23));
        Assert.Null(steadiness.Look(out jump));
        Assert.Null(jump);
        clock.Pass(TimeSpan.FromHours(2));
        Assert.NotNull(steadiness.Look(out _));

        clock.Jump(-TimeSpan.FromHours(2));
        Assert.Null(steadiness.Look(out jump));
        Assert.Equal(-TimeSpan.FromHours(2), jump);
    }

    static IReadOnlyList<string> Choose(RecorderConfiguration configuration, FileSystemSpace space, params KeptRecording[] all) => Choose(configuration, space, 0, all);

    static IReadOnlyList<string> Choose(RecorderConfiguration configuration, FileSystemSpace space, long liveBytes, params KeptRecording[] all) =>
        [.. RecordingRetention.Choose(all, liveBytes, configuration, space, s_now).Select(chosen => chosen.Recording.Path)];

    static KeptRecording Of(string path, int daysAgo, int megabytes) => new(path, s_now.AddDays(-daysAgo), megabytes * Megabyte);

    sealed class JumpingClock : TimeProvider
    {
        DateTimeOffset _now = s_now;
        long _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _passed;

        public void Pass(TimeSpan time) => (_now, _passed) = (_now + time, _passed + time.Ticks);

        public void Jump(TimeSpan by) => _now += by;
    }
}
