using System.Text;
using Akashi.Daemon.Losses;
using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.State;

/// <summary>What one program hands to the next, as text of the environment.</summary>
public sealed class RestartHandoverTests(ITestOutputHelper output)
{
    const string Full = "1 7 1 12 4294967295 4294967200-4294967210,4294967290-4294967290 0,3 /etc/my audit";

    [Fact]
    public void Its_text_is_frozen()
    {
        var handover = new RestartHandover
        {
            Descriptor = 7,
            IsInBackground = true,
            Lost = 12,
            Highest = uint.MaxValue,
            Ranges = [new SerialRange(4294967200, 4294967210), new SerialRange(4294967290, 4294967290)],
            Signals = [Signal.Hangup, Signal.User1],
            Directory = "/etc/my audit",
        };

        Assert.Equal(Full, handover.ToText());
        Assert.Equal(Full, RestartHandover.Read(Full)!.ToText());
        Assert.Equal("1 - 0 - - - - /etc/audit", RestartHandover.Read("1 - 0 - - - - /etc/audit")!.ToText());
    }

    [Fact]
    public void Numbers_may_wrap_around_between_ranges_and_the_highest()
    {
        Assert.NotNull(RestartHandover.Read("1 7 0 - 5 4294967290-4294967291,2-3 - /etc/audit"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2 7 1 12 9 - - /etc/audit")]
    [InlineData("1 -7 1 12 9 - - /etc/audit")]
    [InlineData("1 4294967295 1 12 9 - - /etc/audit")]
    [InlineData("1 7 2 12 9 - - /etc/audit")]
    [InlineData("1 7 1 12 9 - - etc/audit")]
    [InlineData("1 7 1 12 9 9-9 - /etc/audit")]
    [InlineData("1 7 1 12 9 5-4 - /etc/audit")]
    [InlineData("1 7 1 12 9 5-6,3-4 - /etc/audit")]
    [InlineData("1 7 1 12 9 3-5,5-6 - /etc/audit")]
    [InlineData("1 7 1 12 - 3-5 - /etc/audit")]
    [InlineData("1 7 1 12 9 - 99 /etc/audit")]
    [InlineData("1 7 1 12 9 - 1, /etc/audit")]
    public void Text_that_is_not_as_it_should_be_is_none(string text) => Assert.Null(RestartHandover.Read(text));

    [Fact]
    public void Damaged_text_is_none_or_stands_for_itself()
    {
        output.WriteLine($"AKASHI_SEED={Seeded.Seed}");
        var random = new Random(Seeded.Seed);
        for (int count = 0; count < 20_000; count++)
        {
            string text = Encoding.Latin1.GetString(Mutations.Damage(Encoding.ASCII.GetBytes(Full), random));
            if (RestartHandover.Read(text) is { } read)
                Assert.Equal(read.ToText(), RestartHandover.Read(read.ToText())!.ToText());
        }
    }

    [Fact]
    public void It_is_taken_out_of_the_environment()
    {
        Environment.SetEnvironmentVariable(RestartHandover.Variable, Full);

        Assert.Equal(7, RestartHandover.Take()!.Descriptor);
        Assert.Null(Environment.GetEnvironmentVariable(RestartHandover.Variable));
        Assert.Null(RestartHandover.Take());
    }
}
