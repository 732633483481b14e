using System.Text;
using System.Text.RegularExpressions;
using Akashi.Search.Query;
using Akashi.Testing;

namespace Akashi.Tests.Search.Query;

public class ValueTestTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("^/usr/(bin|sbin)/", "")]
    [InlineData("^/usr/(b)in/x", "/usr/")]
    [InlineData("abc?", "ab")]
    [InlineData("abc*d", "ab")]
    [InlineData("abc+d", "abc")]
    [InlineData("abc{0,2}defg", "defg")]
    [InlineData("a\\.b", "a.b")]
    [InlineData("a\\\\(b)c", "a\\")]
    [InlineData("\\d+abc", "abc")]
    [InlineData("\\x41bc", "")]
    [InlineData("\\u0041bc", "")]
    [InlineData("[a-z]bc", "bc")]
    [InlineData("[]abc]d", "d")]
    [InlineData("[a-z-[abc]]d", "")]
    [InlineData("(?i)abc", "")]
    [InlineData("a|b", "")]
    [InlineData("(abc)?de", "de")]
    [InlineData("😀?ab", "")]
    [InlineData("", "")]
    public void The_literal_of_an_expression(string expression, string literal) => Assert.Equal(literal, RegexLiteral.Find(expression));

    [Fact]
    public void What_follows_an_expression_holds_its_literal()
    {
        int matches = 0;
        Seeded.Repeat(20_000, random =>
        {
            string[] pieces = ["a", "b", "ab", "\\.", ".", "[ab]", "[^a]", "(ab)", "(a", ")", "?", "*", "+", "{2}", "{0,1}", "^", "$", "\\\\", "\\d", "]", "}", "{", "\\*", "[", "-", "\\b"];
            string expression = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (!TryMake(expression, out Regex? regex))
                return;
            string literal = RegexLiteral.Find(expression);
            for (int round = 0; round < 20; round++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "ab.\\1*-]{}"[random.Next(10)]));
                if (!regex.IsMatch(text))
                    continue;
                matches++;
                Assert.True(text.Contains(literal, StringComparison.Ordinal), $"{expression} matches {text} without {literal}");
            }
        });
        Assert.True(matches > 20_000, $"{matches} matches");
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
        var test = new RegexText("(a+)+$");
        byte[] text = Encoding.UTF8.GetBytes(new string('a', 60_000) + "b");

        Assert.False(test.Holds(text));
    }

    static bool TryMake(string expression, out Regex regex)
    {
        regex = null!;
        try
        {
            regex = new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
