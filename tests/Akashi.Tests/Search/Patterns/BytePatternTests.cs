using System.Text;
using Akashi.Search.Patterns;
using Akashi.Testing;

namespace Akashi.Tests.Search.Patterns;

/// <summary>Regular expressions, held against the C library's.</summary>
public class BytePatternTests
{
    // Pattern and text by line, in hex; prints 0 for no match, 1 for a match, 2 for a pattern that is refused.
    const string Original = """
        #include <regex.h>
        #include <stdio.h>
        #include <string.h>
        #include <stdlib.h>
        static void unhex(const char *hex, char *to) {
            unsigned value;
            for (; *hex && sscanf(hex, "%2x", &value) == 1; hex += 2) *to++ = (char)value;
            *to = 0;
        }
        int main(void) {
            static char line[100000], first[50000], second[50000], pattern[50000], text[50000];
            FILE *file = fopen(INPUT, "r");
            while (fgets(line, sizeof line, file)) {
                first[0] = second[0] = 0;
                line[strcspn(line, "\n")] = 0;
                char *blank = strchr(line, ' ');
                *blank = 0;
                unhex(line, pattern);
                unhex(blank + 1, text);
                regex_t compiled;
                if (regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0) { puts("2"); continue; }
                puts(regexec(&compiled, text, 0, NULL, 0) == 0 ? "1" : "0");
                regfree(&compiled);
            }
            return 0;
        }
        """;

    static readonly string[] s_pieces =
    [
        "a", "b", "ab", "-", "x", ".", "^", "$", "(", ")", "|", "*", "+", "?", "[ab]", "[^a]", "[a-c]", "[]x]", "[[:alpha:]]", "[[:digit:]-]", "{2}", "{1,}", "{,2}", "{1,3}",
        "{0}", "\\.", "\\w", "\\W", "\\s", "\\S", "\\b", "\\B", "\\<", "\\>", "()", "a*", "(a|b)", "(ab)*", " ", "1", "}", "]", "[[.-.]a]", "[[=a=]]", "[b-", "[:alpha:]", "{3,2}",
    ];

    [Fact]
    public void Finds_what_the_C_library_finds()
    {
        var random = new Random(Seeded.Seed);
        var cases = new List<(string Pattern, string Text)>();
        for (int count = 0; count < 4000; count++)
            cases.Add((Pieces(random, 8), Letters(random)));

        int[] expected = AskOriginal(cases);

        Assert.Equal(
            cases.Zip(expected, (pair, answer) => $"{pair.Pattern} in {pair.Text}: {answer}"),
            cases.Select(pair => $"{pair.Pattern} in {pair.Text}: {Ask(pair.Pattern, pair.Text)}"));
        Assert.All((int[])[0, 1, 2], answer => Assert.InRange(expected.Count(found => found == answer), 200, 3800));
    }

    [Theory]
    [InlineData("(a*)*b", 1)]
    [InlineData("(a|a)*b", 1)]
    [InlineData("(a|aa)+$", 1)]
    [InlineData("(.*)(.*)(.*)(.*)(.*)(.*)b", 1)]
    public void What_makes_others_run_for_ever_takes_no_time(string pattern, int _)
    {
        Assert.True(BytePattern.TryParse(pattern, out BytePattern? parsed, out string? _));

        bool isFound = parsed.IsIn(Encoding.ASCII.GetBytes(new string('a', 60_000) + "c"));

        Assert.False(isFound);
    }

    [Theory]
    [InlineData("a{32768}", "'{32768}' is above 32767")]
    [InlineData("(a{1000}){1000}", "it is too big")]
    [InlineData("(a)\\1", "a reference back, '\\1', is not known here")]
    [InlineData("(a", "'(' without ')'")]
    [InlineData("[a", "'[' without ']'")]
    [InlineData("*a", "nothing before '*'")]
    [InlineData("a\\", "a backslash at the end")]
    [InlineData("[[:foo:]]", "no class of characters 'foo'")]
    public void A_refusal_has_its_reason(string pattern, string reason)
    {
        Assert.False(BytePattern.TryParse(pattern, out BytePattern? parsed, out string? fault));

        Assert.Null(parsed);
        Assert.Equal(reason, fault);
    }

    [Fact]
    public void Deep_parentheses_are_refused()
    {
        Assert.False(BytePattern.TryParse(new string('(', 100_000), out _, out string? fault));

        Assert.Equal("more than 200 parentheses inside each other", fault);
    }

    [Fact]
    public void Searching_allocates_nothing()
    {
        Assert.True(BytePattern.TryParse("key=\"[a-z]+-(x|y)\"$", out BytePattern? pattern, out string? _));
        byte[] text = "type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=257 key=\"abc-y\""u8.ToArray();

        Allocation.IsZero(() =>
        {
            for (int count = 0; count < 10_000; count++)
                Assert.True(pattern.IsIn(text));
        });
    }

    static int Ask(string pattern, string text) =>
        !BytePattern.TryParse(pattern, out BytePattern? parsed, out string? _) ? 2 : parsed.IsIn(Encoding.UTF8.GetBytes(text)) ? 1 : 0;

    static int[] AskOriginal(List<(string Pattern, string Text)> cases)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["cases"], cases.Select(pair => $"{Hex(pair.Pattern)} {Hex(pair.Text)}"));
        return [.. CProgram.Run(Original, $"-DINPUT=\"{folder["cases"]}\"").Select(int.Parse)];
    }

    static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    static string Pieces(Random random, int countMax) =>
        string.Concat(Enumerable.Range(0, random.Next(1, countMax)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));

    static string Letters(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "aaabbc-x1 .}]"[random.Next(13)]));
}
