using Akashi.Setup;

namespace Akashi.Tests.Setup;

public sealed class SettingLinesTests
{
    [Theory]
    [InlineData("", "a = 1\n")]
    [InlineData("# a = 0\nb = 2", "# a = 0\nb = 2\na = 1\n")]
    [InlineData("A =  0\nb = 2\n", "a = 1\nb = 2\n")]
    [InlineData("a = 0\nb = 2\na = 3\n", "a = 1\nb = 2\n")]
    [InlineData("a = 0\na = 1\n", "a = 0\na = 1\n")]
    [InlineData("  a = 1 \n", "  a = 1 \n")]
    [InlineData("a=0\n", "a=0\na = 1\n")]
    public void A_key_gets_its_value_and_all_else_stays(string text, string changed)
    {
        Assert.Equal(changed, SettingLines.Set(text, "a", "1"));
        Assert.Equal("1", SettingLines.Find(changed, "a"));
        Assert.Equal(changed, SettingLines.Set(changed, "a", "1"));
    }

    [Fact]
    public void A_default_is_written_over_another_value_alone()
    {
        Assert.Equal("b = 2\n", SettingLines.SetWhereNamed("b = 2\n", "a", "1"));
        Assert.Equal("a = 1\n", SettingLines.SetWhereNamed("a = 0\n", "a", "1"));
        Assert.Null(SettingLines.Find("#a = 1\na =\n", "a"));
    }
}
