using System.Text;
using Akashi.Diagnostics;
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

    [Fact]
    public void Any_text_is_a_rule_or_a_diagnostic()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var rules = new RandomRules(random);
        int ruleCount = 0, faultCount = 0;

        for (int round = 0; round < 5_000; round++)
        {
            var text = new StringBuilder(rules.Next());
            for (int changes = random.Next(4); changes > 0; changes--)
            {
                int index = random.Next(text.Length);
                if (random.Next(2) == 0)
                    text.Remove(index, Math.Min(random.Next(1, 4), text.Length - index)).Append('x');
                else
                    text.Insert(index, (char)random.Next(random.Next(2) == 0 ? 128 : 0xFFFF));
            }

            var diagnostics = new DiagnosticBag();
            bool isRule = RuleParser.Parse(text.ToString(), RuleTexts.Context, diagnostics) is not null;
            Assert.True(isRule != diagnostics.HasErrors, $"seed {seed}: {text}");
            ruleCount += isRule ? 1 : 0;
            faultCount += isRule ? 0 : 1;
        }
        Assert.True(ruleCount > 500 && faultCount > 500, $"seed {seed}: {ruleCount} rules, {faultCount} faults");
    }
}
