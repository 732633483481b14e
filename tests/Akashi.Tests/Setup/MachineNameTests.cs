using Akashi.Setup;

namespace Akashi.Tests.Setup;

/// <summary>Names that a certificate may have: RFC 1035, 2.3.4, with underscores.</summary>
public class MachineNameTests
{
    [Theory]
    [InlineData("web", true)]
    [InlineData("Web-1.my_lan.example", true)]
    [InlineData("_x_", true)]
    [InlineData("7", true)]
    [InlineData("xn--bcher-kva", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("web.", false)]
    [InlineData(".web", false)]
    [InlineData("a..b", false)]
    [InlineData("-a.b", false)]
    [InlineData("a.b-", false)]
    [InlineData("a-.b", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("bücher", false)]
    [InlineData("fd00::1", false)]
    public void A_name_has_parts_of_letters(string name, bool isUsable) => Assert.Equal(isUsable, MachineName.IsUsable(name));

    [Theory]
    [InlineData(63, 0, true)]
    [InlineData(64, 0, false)]
    [InlineData(63, 61, true)]
    [InlineData(63, 62, false)]
    public void Its_parts_and_the_whole_have_a_length(int part, int last, bool isUsable)
    {
        string name = new('a', part);
        Assert.Equal(isUsable, MachineName.IsUsable(last == 0 ? name : string.Join('.', name, name, name, new string('b', last))));
    }
}
