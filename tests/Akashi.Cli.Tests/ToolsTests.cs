namespace Akashi.Cli.Tests;

public class ToolsTests
{
    public static TheoryData<string> ClassicNames => [.. Tools.Classic.Select(tool => tool.Name)];

    [Theory]
    [MemberData(nameof(ClassicNames))]
    public void A_listed_classic_tool_is_found_by_its_name(string name) =>
        Assert.Same(Tools.Classic.Single(tool => tool.Name == name), Tools.FindClassic(name));

    [Theory]
    [InlineData("akashi")]
    [InlineData("")]
    [InlineData("start")]
    public void Another_name_is_no_classic_tool(string name) => Assert.Null(Tools.FindClassic(name));
}
