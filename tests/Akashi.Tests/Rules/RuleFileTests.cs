using System.Text;
using Akashi.Diagnostics;
using Akashi.Rules;

namespace Akashi.Tests.Rules;

public sealed class RuleFileTests
{
    [Theory]
    [InlineData("-w /a b", new[] { "-w", "/a", "b" })]
    [InlineData("-w /a\\ b  -p\twa", new[] { "-w", "/a b", "-p", "wa" })]
    [InlineData(@"-w /a\\b", new[] { "-w", @"/a\b" })]
    [InlineData(@"-w /a\xb\", new[] { "-w", @"/a\xb\" })]
    [InlineData("", new string[0])]
    public void Words_stand_between_blanks_unless_a_backslash_is_before_them(string text, string[] words) =>
        Assert.Equal(words, RuleFile.Words(text));

    [Fact]
    public void Lines_keep_their_numbers_over_comments_and_empty_lines()
    {
        var lines = Read("## head\n\n  # comment\n-D\r\n-b 8192\n\n-w /etc/passwd -p wa -k id", out var diagnostics);

        Assert.Equal([4, 5, 7], lines.Select(line => line.Number));
        Assert.Equal([new RuleOption("-D", null) { Column = 1 }], lines[0].Options!);
        Assert.Equal([new RuleOption("-b", "8192") { Column = 4 }], lines[1].Options!);
        Assert.Equal(
            [
                new RuleOption("-w", "/etc/passwd") { Column = 4 },
                new RuleOption("-p", "wa") { Column = 19 },
                new RuleOption("-k", "id") { Column = 25 },
            ],
            lines[2].Options!);
        Assert.Empty(diagnostics.All);
    }

    [Fact]
    public void A_line_of_6143_bytes_is_read_and_a_longer_one_is_a_fault_with_its_place()
    {
        string longest = "-k " + new string('x', 6140);

        Assert.NotNull(Assert.Single(Read(longest + "\n", out _)).Options);
        RuleFileLine line = Assert.Single(Read(longest + "y\n", out var diagnostics));
        Assert.Null(line.Options);
        Assert.Equal("a.rules:1: the line is 6144 bytes long; at most 6143 are read", Assert.Single(diagnostics.All).ToString());
    }

    [Theory]
    [InlineData("-z", "a.rules:1:1: Option -z is invalid")]
    [InlineData("--nosuch", "a.rules:1:1: Option --nosuch is invalid")]
    [InlineData("stray", "a.rules:1:1: Option stray is invalid")]
    [InlineData("-a", "a.rules:1:1: Option -a needs a value")]
    [InlineData("-", "a.rules:1:1: Option - is invalid")]
    public void What_is_no_option_is_a_fault_with_its_place(string text, string expected)
    {
        Read(text, out var diagnostics);

        Assert.Equal(expected, Assert.Single(diagnostics.All).ToString());
    }

    [Fact]
    public void Lines_that_are_no_text_are_faults()
    {
        byte[] bytes = [.. "-w /a\0b\n"u8, .. "-w /"u8, 0xE9, (byte)'\n', .. "-w /c\n"u8];
        var diagnostics = new DiagnosticBag();

        var lines = RuleFile.Read(bytes, "a.rules", diagnostics).ToList();

        Assert.Equal([false, false, true], lines.Select(line => line.Options is not null));
        Assert.Equal(
            ["a.rules:1: the line isn't UTF-8, or holds a NUL", "a.rules:2: the line isn't UTF-8, or holds a NUL"],
            diagnostics.All.Select(diagnostic => diagnostic.ToString()));
    }

    static List<RuleFileLine> Read(string text, out DiagnosticBag diagnostics)
    {
        diagnostics = new DiagnosticBag();
        return [.. RuleFile.Read(Encoding.UTF8.GetBytes(text), "a.rules", diagnostics)];
    }
}
