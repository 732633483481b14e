using System.Text;
using System.Text.RegularExpressions;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Tests.CommandLine;
using Akashi.Cli.Tests.Live;
using Akashi.ManualGenerator;
using Akashi.Output;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Manuals;

public class ManualTests
{
    public static TheoryData<string> ToolNames => [.. DescribedTool.All().Where(tool => tool.Words != "akashi").Select(tool => tool.Words)];

    [Theory]
    [MemberData(nameof(ToolNames))]
    public void A_tool_with_commands_names_each_in_its_help(string words)
    {
        DescribedTool tool = DescribedTool.All().Single(tool => tool.Words == words);
        ToolRun run = new("akashi", AkashiCommand.Run);
        if (tool.Manual.Parts.Count == 0)
        {
            run.Run(["help", .. NameOf(words)]);
            Assert.Contains("Usage:", run.Output, StringComparison.OrdinalIgnoreCase);
            return;
        }

        run.Run([.. NameOf(words), "--help"]);
        string commands = run.Output[run.Output.IndexOf("\nCommands:\n", StringComparison.Ordinal)..].Split("\n\n")[0];
        string[] listed = [.. commands.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Trim())];

        Assert.Equal(listed.Order(), tool.Manual.Parts.Select(part => part.Name).Order());
    }

    [Theory]
    [MemberData(nameof(WrongUsageTests.Commands), MemberType = typeof(WrongUsageTests))]
    public void Help_is_one_text_however_it_is_asked_for_and_fits_80_columns(string words)
    {
        var help = CommandRun.Of(new ScriptedHost(), ["help", .. words.Split(' ')]);
        var option = CommandRun.Of(new ScriptedHost(), [.. words.Split(' '), "--help"]);

        Assert.Equal((0, help.Output, ""), (option.ExitCode, option.Output, option.Error));
        Assert.StartsWith($"akashi {words} - ", help.Output, StringComparison.Ordinal);
        Assert.All(help.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData("live", "--raw", "-h")]
    [InlineData("start", "--print-rules", "--help")]
    [InlineData("search", "user=x", "--help")]
    [InlineData("status", "-wh")]
    [InlineData("hosts", "--json", "--he")]
    [InlineData("restart", "--socket", "x", "-h")]
    [InlineData("doctor", "-ah")]
    [InlineData("trace", "-rh")]
    [InlineData("record", "-qh")]
    [InlineData("recorder", "--check", "--help")]
    [InlineData("replay", "x", "--help")]
    [InlineData("protect", "x", "--help")]
    [InlineData("recordings", "--json", "--help")]
    [InlineData("recordings convert", "--force", "--help")]
    [InlineData("recordings verify", "x", "--help")]
    [InlineData("report software", "--json", "--help")]
    [InlineData("rules load", "x", "--help")]
    [InlineData("rules cost", "--seconds", "1", "-h")]
    public void Help_behind_other_words_is_the_same(string words, params string[] others)
    {
        var help = CommandRun.Of(new ScriptedHost(), ["help", .. words.Split(' ')]);

        var option = CommandRun.Of(new ScriptedHost(), [.. words.Split(' '), .. others]);

        Assert.Equal((0, help.Output, ""), (option.ExitCode, option.Output, option.Error));
    }

    [Fact]
    public void A_row_of_a_table_goes_on_under_its_second_column()
    {
        using var stream = new MemoryStream();
        using (var output = new Utf8Output(stream))
        {
            new ManualText(output, 60).Write("it", "does", new Manual
            {
                Usage = ["[A...]"],
                Description = "One\n`two`.\n\n    FIELD!=VALUE   not so; also found where the field is missing\n",
                Examples = [("it with many words that are longer than one row of a terminal", "Does it.")],
            });
        }

        Assert.Equal(
            """
            it - does

            Usage:
              it [A...]

            One two.

                FIELD!=VALUE   not so; also found where the field is
                               missing


            Examples:
              it with many words that are longer than one row of a
                terminal
                    Does it.

            """, Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Help_of_a_tool_has_its_description_options_and_examples()
    {
        var run = new ToolRun("akashi", AkashiCommand.Run);

        int code = run.Run("help", "ausearch");

        Assert.Equal(0, code);
        Assert.StartsWith("ausearch - find events in the trail\n\nUsage:\n  ausearch [OPTION...]\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  -m, --message TYPES\n        Record types, by name or number, joined by commas; ALL. ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nExamples:\n  ausearch -i -k identity -ts today\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("`", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n').Where(line => line.StartsWith("        ", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Help_of_a_command_of_a_tool_is_its_own()
    {
        var run = new ToolRun("akashi", AkashiCommand.Run);

        int code = run.Run("help", "rules", "diff");

        Assert.Equal(0, code);
        Assert.StartsWith("akashi rules diff - show what load would change\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  2\n        The rules can't be read or compared.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akashi recordings verify - ", "recordings", "verify")]
    [InlineData("akashi recordings convert - ", "recordings", "convert")]
    [InlineData("usage: akashi COMMAND", "help")]
    public void Help_has_what_it_names(string beginning, params string[] words)
    {
        var run = new ToolRun("akashi", AkashiCommand.Run);

        Assert.Equal(0, run.Run(["help", .. words]));
        Assert.StartsWith(beginning, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_to_be_typed_keep_their_case()
    {
        var run = new ToolRun("akashi", AkashiCommand.Run);

        run.Run("help", "recordings", "convert");
        Assert.Contains("--to FORMAT\n        v1, v2, v3 (asciicast), ", run.Output, StringComparison.Ordinal);
        run.Run("help", "status");
        Assert.Contains("--color WHEN\n        auto (default), ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nExit status:\n  0\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nExamples:\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_a_tool_with_commands_says_each_once()
    {
        string page = GeneratedFiles.All().Single(file => file.Path == "man/akashi-setup.8").Text;

        Assert.Equal(1, Regex.Count(page[..page.IndexOf(".SH DESCRIPTION", StringComparison.Ordinal)], @"setup(\\fR)? commands"));
        Assert.Equal(1, Regex.Count(page, "Records every program that named people start"));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("rules", "nothing")]
    [InlineData("restore-when-gone")]
    public void Help_of_what_is_no_command_is_refused(params string[] words)
    {
        var run = new ToolRun("akashi", AkashiCommand.Run);

        int code = run.Run(["help", .. words]);

        Assert.Equal(2, code);
        Assert.Equal($"akashi: no command '{string.Join(' ', words)}'\nhint: akashi --help lists them\n", run.Error);
    }

    [Theory]
    [InlineData("FILE", ValueKind.File)]
    [InlineData("DIR", ValueKind.Directory)]
    [InlineData("USER", ValueKind.User)]
    [InlineData("TIME", ValueKind.Time)]
    [InlineData("yes|no", ValueKind.Words)]
    [InlineData("NUMBER", ValueKind.Anything)]
    public void A_value_without_more_is_what_its_name_says(string name, ValueKind kind) => Assert.Equal(kind, default(OptionValues).Or(name).Kind);

    static string[] NameOf(string words) => words.StartsWith("akashi ", StringComparison.Ordinal) ? [words["akashi ".Length..]] : [words];
}
