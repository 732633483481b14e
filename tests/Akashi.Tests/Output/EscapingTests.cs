using System.Text;
using Akashi.Output;
using Akashi.Testing;

namespace Akashi.Tests.Output;

/// <summary>What an audited user may put into a name, and what of it reaches a terminal.</summary>
public class EscapingTests
{
    public static TheoryData<byte[], string> Steering => new()
    {
        { [0x1B, (byte)'[', (byte)'2', (byte)'J'], @"\033[2J" },
        { [0x07], @"\007" },
        { [0x7F], @"\177" },
        { [0xC2, 0x9B, (byte)'1', (byte)'m'], @"\302\2331m" },
        { [0x9B, (byte)'1', (byte)'m'], @"\2331m" },
        { [0xE2, 0x80, 0xAE, (byte)'x'], @"\342\200\256x" },
        { [0xE2, 0x81, 0xA6], @"\342\201\246" },
        { [0xD8, 0x9C], @"\330\234" },
    };

    [Theory]
    [MemberData(nameof(Steering))]
    public void What_steers_a_terminal_is_escaped(byte[] bytes, string shown)
    {
        Assert.Equal(shown, Said(bytes));
        Assert.Equal(shown, OnTerminal(Written(EscapeMode.Terminal, bytes)));
    }

    [Theory]
    [InlineData("証拠")]
    [InlineData("Grüße, naïve café")]
    [InlineData("नमस्ते")]
    [InlineData("🐧")]
    public void Text_of_any_language_is_left_alone(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(bytes, Written(EscapeMode.Terminal, bytes));
        Assert.Equal(text, Said(bytes));
        Assert.Equal(text, OnTerminal(bytes));
    }

    [Fact]
    public void Raw_is_raw()
    {
        byte[] bytes = [0x1B, 0x9B, 0xE2, 0x80, 0xAE, 0xFF];
        using var stream = new MemoryStream();
        using (var output = new Utf8Output(stream, escape: EscapeMode.Raw))
            output.WriteEscaped(bytes);

        Assert.Equal(bytes, stream.ToArray());
    }

    [Fact]
    public void Messages_keep_their_lines_and_tabs() => Assert.Equal("a\tb\nc", Said("a\tb\nc"u8));

    [Fact]
    public void No_byte_sequence_brings_a_control_byte_through()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        for (int round = 0; round < Seeded.Times(5000); round++)
        {
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            foreach (string text in (string[])[OnTerminal(Written(EscapeMode.Terminal, bytes)), OnTerminal(Written(EscapeMode.Shell, bytes)), Said(bytes).Replace("\n", "").Replace("\t", "")])
                Assert.DoesNotContain(text.EnumerateRunes(), rune => Rune.IsControl(rune) || rune.Value is 0x202E or 0x2066 or 0x200F);
        }
    }

    [Fact]
    public void A_character_cut_by_two_writes_is_one()
    {
        byte[] text = Encoding.UTF8.GetBytes("証");
        using var stream = new MemoryStream();
        using (var safe = new SafeStream(stream, passesAscii: true))
        {
            safe.Write(text.AsSpan(0, 1));
            safe.Flush();
            safe.Write(text.AsSpan(1, 1));
            safe.Write(text.AsSpan(2));
        }

        Assert.Equal(text, stream.ToArray());
    }

    [Fact]
    public void Colours_reach_the_terminal() => Assert.Equal("\u001b[31mred", OnTerminal("\u001b[31mred"u8.ToArray()));

    static byte[] Written(EscapeMode mode, byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var output = new Utf8Output(stream, escape: mode))
            output.WriteEscaped(bytes);
        return stream.ToArray();
    }

    static string OnTerminal(byte[] bytes) => Through(bytes, passesAscii: true);

    static string Said(ReadOnlySpan<byte> bytes) => Through(bytes, passesAscii: false);

    // A line feed follows, as it does behind everything that tools print.
    static string Through(ReadOnlySpan<byte> bytes, bool passesAscii)
    {
        using var stream = new MemoryStream();
        using (var safe = new SafeStream(stream, passesAscii))
        {
            safe.Write(bytes);
            safe.Write("\n"u8);
        }

        return Encoding.UTF8.GetString(stream.ToArray())[..^1];
    }
}
