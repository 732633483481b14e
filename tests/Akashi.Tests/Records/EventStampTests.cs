using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Akashi.Records;
using Akashi.Testing;

namespace Akashi.Tests.Records;

public partial class EventStampTests
{
    [Theory]
    [InlineData("1626611363.720:348501", 1626611363720, 348501ul)]
    [InlineData("0.000:0", 0, 0ul)]
    [InlineData("1.009:18446744073709551615", 1009, ulong.MaxValue)]
    [InlineData("4102444800.001:1", 4102444800001, 1ul)]
    [InlineData("999999999999999.999:1", EventStamp.UnixMillisecondsMax, 1ul)]
    [InlineData("1626611363.720:348501): more", 1626611363720, 348501ul)]
    public void Reads_what_the_kernel_writes(string text, long milliseconds, ulong serial)
    {
        Assert.True(EventStamp.TryParse(Encoding.ASCII.GetBytes(text), out EventStamp stamp, out int length));
        Assert.Equal(new EventStamp(milliseconds, serial), stamp);
        Assert.Equal(text.IndexOf(')') < 0 ? text.Length : text.IndexOf(')'), length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1626611363")]
    [InlineData("1626611363.")]
    [InlineData("1626611363.72:1")]
    [InlineData("1626611363.7200:1")]
    [InlineData("1626611363.720:")]
    [InlineData(".720:1")]
    [InlineData("-1.720:1")]
    [InlineData("+1.720:1")]
    [InlineData("1.7a0:1")]
    [InlineData("1,720:1")]
    [InlineData("1.720 1")]
    [InlineData("1.720:18446744073709551616")]
    [InlineData("1.720:99999999999999999999")]
    [InlineData("1.720:000000000000000000001")]
    [InlineData("1000000000000000.000:1")]
    public void Other_shapes_are_none(string text)
    {
        Assert.False(EventStamp.TryParse(Encoding.ASCII.GetBytes(text), out EventStamp stamp, out int length));
        Assert.Equal(default, stamp);
        Assert.Equal(0, length);
    }

    [Fact]
    public void Agrees_with_a_regular_expression_on_random_texts() => Seeded.Repeat(20_000, random =>
    {
        string text = RandomText(random);

        bool isStamp = EventStamp.TryParse(Encoding.ASCII.GetBytes(text), out EventStamp stamp, out int length);

        Match twin = Shape().Match(text);
        bool expected = twin.Success && ulong.TryParse(twin.Groups[3].Value, NumberStyles.None, null, out _);
        Assert.True(expected == isStamp, text);
        if (isStamp)
        {
            Assert.Equal(twin.Length, length);
            Assert.Equal(long.Parse(twin.Groups[1].Value) * 1000 + long.Parse(twin.Groups[2].Value), stamp.UnixMilliseconds);
            Assert.Equal(ulong.Parse(twin.Groups[3].Value), stamp.Serial);
        }
    });

    [Fact]
    public void Format_writes_what_TryParse_reads() => Seeded.Repeat(1000, random =>
    {
        var stamp = new EventStamp(random.NextInt64(EventStamp.UnixMillisecondsMax + 1), (ulong)random.NextInt64() << random.Next(2));
        Span<byte> text = stackalloc byte[EventStamp.TextBytesMax];

        int length = stamp.Format(text);

        Assert.True(EventStamp.TryParse(text[..length], out EventStamp again, out int read));
        Assert.Equal(stamp, again);
        Assert.Equal(length, read);
        Assert.Equal(stamp.ToString(), Encoding.ASCII.GetString(text[..length]));
    });

    [Fact]
    public void Orders_by_time_then_by_serial()
    {
        EventStamp[] ordered = [new(1, 9), new(2, 1), new(2, 2), new(3, 0)];

        Assert.Equal(ordered, ordered.Reverse().Order());
    }

    static string RandomText(Random random)
    {
        string text = $"{random.NextInt64(1L << random.Next(1, 50))}.{random.Next(1000):000}:{random.Next()}";
        if (random.Next(2) == 0)
            return text;
        int at = random.Next(text.Length);
        return text[..at] + "0:.x9 "[random.Next(6)] + text[(at + random.Next(2))..];
    }

    // Serials have at most 20 digits: more are malformed, whatever their value.
    [GeneratedRegex("^([0-9]{1,15})\\.([0-9]{3}):([0-9]{1,20})(?![0-9])")]
    private static partial Regex Shape();
}
