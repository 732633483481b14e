using System.Text;
using System.Text.RegularExpressions;
using Akashi.Search.Query;
using Akashi.Testing;

namespace Akashi.Tests.Search.Query;

public class ValueTestTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("^/usr/(bin|sbin)/", "/usr/")]
    [InlineData("^/usr/(b)in/x", "/usr/bin/x")]
    [InlineData("abc?", "ab")]
    [InlineData("abc*d", "ab")]
    [InlineData("abc+d", "ab")]
    [InlineData("abc{0,2}defg", "defg")]
    [InlineData("a\\.b", "a.b")]
    [InlineData("a\\\\(b)c", "a\\bc")]
    [InlineData("[0-9]+abc", "abc")]
    [InlineData("(abcd)+", "abcd")]
    [InlineData("[a-z]bc", "bc")]
    [InlineData("[]abc]d", "d")]
    [InlineData("[[:alpha:]]d", "d")]
    [InlineData("a|b", "")]
    [InlineData("(abc)?de", "de")]
    [InlineData("😀?ab", "ab")]
    [InlineData("", "")]
    public void The_literal_of_an_expression(string expression, string literal) => Assert.Equal(literal, Make(expression).Literal);

    [Fact]
    public void What_follows_an_expression_holds_its_literal()
    {
        int matches = 0;
        Seeded.Repeat(20_000, random =>
        {
            string[] pieces = ["a", "b", "ab", "\\.", ".", "[ab]", "[^a]", "(ab)", "(a", ")", "?", "*", "+", "{2}", "{0,1}", "^", "$", "\\\\", "\\d", "]", "}", "{", "\\*", "[", "-", "\\b"];
            string expression = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (!RegexText.TryMake(expression, out RegexText? test, out _))
                return;
            for (int round = 0; round < 20; round++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "ab.\\1*-]{}"[random.Next(10)]));
                if (!test.Holds(Encoding.UTF8.GetBytes(text)))
                    continue;
                matches++;
                Assert.True(text.Contains(test.Literal, StringComparison.Ordinal), $"{expression} matches {text} without {test.Literal}");
            }
        });
        Assert.True(matches > Seeded.Times(20_000), $"{matches} matches");
    }

    [Fact]
    public void An_asterisk_stands_for_anything() => Seeded.Repeat(5_000, random =>
    {
        string pattern = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => "ab*"[random.Next(3)])) + "*" + (random.Next(2) == 0 ? "a" : "");
        string text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "ab"[random.Next(2)]));
        string expression = "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$";

        Assert.Equal(Regex.IsMatch(text, expression), new GlobText(pattern).Holds(Encoding.UTF8.GetBytes(text)));
    });

    [Fact]
    public void An_expression_takes_no_longer_than_its_text()
    {
        var test = Make("(a+)+$");
        byte[] text = Encoding.UTF8.GetBytes(new string('a', 60_000) + "b");

        Assert.False(test.Holds(text));
    }

    static RegexText Make(string expression)
    {
        Assert.True(RegexText.TryMake(expression, out RegexText? test, out string? fault), fault);
        return test!;
    }
}
