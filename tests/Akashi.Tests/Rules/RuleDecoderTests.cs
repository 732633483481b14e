using System.Buffers.Binary;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Tests.Rules;

public sealed class RuleDecoderTests(ITestOutputHelper output)
{
    static byte[] Sample => RuleEncoder.Encode(
        RuleTexts.Parse("-a always,exit -F arch=b64 -S execve -F path=/etc/passwd -F exe!=/bin/ls -F a0&=3 -C uid!=euid -k one -k two"));

    [Fact]
    public void Bytes_after_the_buffer_are_left_alone()
    {
        Assert.True(RuleDecoder.TryDecode([.. Sample, 1, 2, 3], out Rule? rule, out _));
        Assert.Equal(Sample, RuleEncoder.Encode(rule));
    }

    [Fact]
    public void Every_shorter_piece_is_too_short()
    {
        for (int length = 0; length < Sample.Length; length++)
        {
            Assert.False(RuleDecoder.TryDecode(Sample.AsSpan(0, length), out Rule? rule, out RuleFault fault));
            Assert.Null(rule);
            Assert.Equal(RuleFault.TooShort, fault);
        }
    }

    [Theory]
    [InlineData(8, 65u, RuleFault.TooManyConditions)]
    [InlineData(8, uint.MaxValue, RuleFault.TooManyConditions)]
    [InlineData(1036, uint.MaxValue, RuleFault.TooShort)]
    [InlineData(1036, 3u, RuleFault.TextBeyondBuffer)]
    [InlineData(528, uint.MaxValue, RuleFault.TextBeyondBuffer)]
    [InlineData(528, 0x8000_0000u, RuleFault.TextBeyondBuffer)]
    [InlineData(780, 0u, RuleFault.UnknownOperator)]
    [InlineData(780, 0x7000_0000u, RuleFault.UnknownOperator)]
    public void Lengths_and_operators_that_cannot_be_are_faults(int offset, uint value, RuleFault expected)
    {
        byte[] bytes = Sample;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);

        Assert.False(RuleDecoder.TryDecode(bytes, out _, out RuleFault fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Whatever_the_bytes_are_a_rule_comes_out_that_encodes_back_or_a_fault()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var listing = new RuleListing(Machine.X86_64);
        var rules = new RandomRules(random);
        int decodedCount = 0;

        for (int round = 0; round < 5_000; round++)
        {
            byte[] bytes = RuleEncoder.Encode(RuleTexts.Parse(rules.Next()));
            for (int changes = random.Next(8); changes > 0; changes--)
                bytes[random.Next(2) == 0 ? random.Next(bytes.Length) : 4 * random.Next(bytes.Length / 4)] = (byte)random.Next(256);
            int length = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;

            if (!RuleDecoder.TryDecode(bytes.AsSpan(0, length), out Rule? rule, out RuleFault fault))
            {
                Assert.NotEqual(RuleFault.None, fault);
                continue;
            }
            decodedCount++;
            Assert.NotEmpty(listing.ToText(rule));
            Assert.True(RuleDecoder.TryDecode(RuleEncoder.Encode(rule), out Rule? again, out _), $"seed {seed}");
            Assert.Equal(rule, again);
        }
        Assert.InRange(decodedCount, 500, 4_500);
    }
}
