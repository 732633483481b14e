using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Tests.Rules;

public sealed class RoundTripTests(ITestOutputHelper output)
{
    [Fact]
    public void Parsing_encoding_decoding_listing_and_parsing_gives_the_same_rule()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var rules = new RandomRules(new Random(seed));
        var listing = new RuleListing(Machine.X86_64);

        for (int round = 0; round < 5_000; round++)
        {
            string text = rules.Next();
            Rule rule = RuleTexts.Parse(text);

            Assert.True(RuleDecoder.TryDecode(RuleEncoder.Encode(rule), out Rule? decoded, out _), text);
            Assert.True(rule.Equals(decoded), $"seed {seed}: {text}");

            // The listing doesn't tell what was put first: the flag is cleared before the bytes are compared.
            string listed = listing.ToText(decoded);
            byte[] expected = RuleEncoder.Encode(rule);
            expected[0] &= 0xEF;
            Assert.True(expected.AsSpan().SequenceEqual(RuleEncoder.Encode(RuleTexts.Parse(listed))), $"seed {seed}: {text}\nlisted as {listed}");
        }
    }
}
