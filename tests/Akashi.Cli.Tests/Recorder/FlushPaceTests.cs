using Akashi.Cli.Recorder;

namespace Akashi.Cli.Tests.Recorder;

/// <summary>How often what is shown is written in haste.</summary>
public sealed class FlushPaceTests
{
    const long Haste = 190_000;

    [Fact]
    public void Forty_at_once_then_ten_a_second()
    {
        var pace = new FlushPace();
        for (int count = 0; count < 40; count++)
            Assert.Equal(Haste, pace.TakeHaste(0));
        Assert.Equal(0, pace.TakeHaste(0));
        Assert.Equal(0, pace.TakeHaste(99_000));
        Assert.Equal(Haste, pace.TakeHaste(101_000));
        Assert.Equal(0, pace.TakeHaste(102_000));

        int quick = 0;
        for (long now = 200_000; now < 10_200_000; now += 10_000)
            quick += pace.TakeHaste(now) > 0 ? 1 : 0;
        Assert.InRange(quick, 99, 102);
    }

    [Fact]
    public void Keys_typed_ten_a_second_are_never_late()
    {
        var pace = new FlushPace();
        for (long now = 0; now < 60_000_000; now += 100_000)
            Assert.Equal(Haste, pace.TakeHaste(now));
    }
}
