using System.Text;
using Akashi.Interpretation;
using Akashi.Normalization;

namespace Akashi.Tests.Normalization;

public class ObjectPathTests
{
    // The first seven as ausearch 4.2.2 printed them for testdata's logs.
    [Theory]
    [InlineData("/home/tester", ".", "/home/tester/.")]
    [InlineData("/home/user/src/laurel", "./src/testdata/test-script.sh", "/home/user/src/laurel/./src/testdata/test-script.sh")]
    [InlineData("/home/tester", "(null)", "/home/tester/(null)")]
    [InlineData("/home/tester/aus/auparse", "../lib/.deps/a.Po", "/home/tester/aus/lib/.deps/a.Po")]
    [InlineData("/home/tester/aus/audisp/test", "../../audisp/", "/home/tester/aus/audisp/audisp")]
    [InlineData("/", "/etc/sudoers.dpkg-new", "/etc/sudoers.dpkg-new")]
    [InlineData("/home/tester", "/tmp/", "/tmp/")]
    [InlineData("", "relative", "relative")]
    [InlineData("", "../relative", "../relative")]
    [InlineData("/a", "b/..", "/a")]
    [InlineData("/", "..", "/")]
    [InlineData("/a", "x/../y/../z", "/a/z")]
    [InlineData("/a", "", "/a/")]
    public void A_name_is_joined_with_its_directory(string directory, string name, string expected)
    {
        var text = new InterpretedText();

        ObjectPath.Append(Encoding.UTF8.GetBytes(directory), Encoding.UTF8.GetBytes(name), text);

        Assert.Equal(expected, Encoding.UTF8.GetString(text.Bytes));
    }
}
