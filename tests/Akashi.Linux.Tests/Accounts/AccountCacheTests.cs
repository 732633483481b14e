using Akashi.Linux.Accounts;

namespace Akashi.Linux.Tests.Accounts;

public class AccountCacheTests
{
    readonly ManualClock _clock = new();
    int _lookUps;

    [Fact]
    public void Answer_holds_until_it_expires()
    {
        AccountCache<uint, string> cache = Cache(4);

        Assert.Equal("name-1", cache.Find(1, LookUp));
        _clock.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal("name-1", cache.Find(1, LookUp));
        Assert.Equal(1, _lookUps);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("name-1", cache.Find(1, LookUp));
        Assert.Equal(2, _lookUps);
    }

    [Fact]
    public void Failure_holds_for_a_shorter_time()
    {
        AccountCache<uint, string> cache = Cache(4);

        Assert.Null(cache.Find(1, Miss));
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(cache.Find(1, Miss));
        Assert.Equal(1, _lookUps);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("name-1", cache.Find(1, LookUp));
    }

    [Fact]
    public void Million_made_up_numbers_stay_within_bounds_and_keep_the_name_in_use()
    {
        AccountCache<uint, string> cache = Cache(100);
        cache.Find(uint.MaxValue, LookUp);
        _lookUps = 0;
        for (uint uid = 0; uid < 100_000; uid++)
        {
            cache.Find(uid, Miss);
            if (uid % 50 == 0)
                Assert.Equal($"name-{uint.MaxValue}", cache.Find(uint.MaxValue, LookUp));
            Assert.InRange(cache.Count, 1, 200);
        }

        Assert.Equal(100_000, _lookUps);
    }

    AccountCache<uint, string> Cache(int generationEntries)
        => new(_clock, generationEntries, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(60));

    (bool, string?) LookUp(uint uid)
    {
        _lookUps++;
        return (true, $"name-{uid}");
    }

    (bool, string?) Miss(uint uid)
    {
        _lookUps++;
        return (false, null);
    }

    sealed class ManualClock : TimeProvider
    {
        long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        internal void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
