using Akashi.Cli.CommandLine;
using Akashi.ManualGenerator;

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
        string[] listed = [.. run.Output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] is >= 'a' and <= 'z').Select(line => line.Trim().Split(' ')[0])];

        Assert.Equal(listed.Order(), tool.Manual.Parts.Select(part => part.Name).Order());
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
        Assert.All(run.Output.Split('\n').Where(line => line.StartsWith("        ", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 90));
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
    [InlineData("nothing")]
    [InlineData("rules", "nothing")]
    [InlineData("restore-when-gone")]
    public void Help_of_what_is_no_command_is_refused(params string[] words)
    {
        var run = new ToolRun("akashi", AkashiCommand.Run);

        int code = run.Run(["help", .. words]);

        Assert.Equal(1, code);
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
