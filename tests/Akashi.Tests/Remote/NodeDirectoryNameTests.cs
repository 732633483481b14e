using System.Text;
using Akashi.Remote;
using Akashi.Testing;

namespace Akashi.Tests.Remote;

public sealed class NodeDirectoryNameTests
{
    [Theory]
    [InlineData("web1", "web1")]
    [InlineData("web1.example.com", "web1.example.com")]
    [InlineData("10.0.0.7", "10.0.0.7")]
    [InlineData("Web1", "%57eb1")]
    [InlineData("..", "%2e.")]
    [InlineData(".", "%2e")]
    [InlineData("../etc", "%2e.%2fetc")]
    [InlineData("a/b", "a%2fb")]
    [InlineData("fe80::1", "fe80%3a%3a1")]
    [InlineData("@others", "%40others")]
    [InlineData("100%", "100%25")]
    public void A_name_is_one_file_and_tells_what_it_was(string node, string directory) => Assert.Equal(directory, NodeDirectoryName.OfNode(node));

    [Fact]
    public void A_name_that_is_too_long_for_a_file_has_none()
    {
        Assert.Equal(new string('a', 255), NodeDirectoryName.OfNode(new string('a', 255)));
        Assert.Null(NodeDirectoryName.OfNode(new string('a', 256)));
        Assert.Null(NodeDirectoryName.OfNode(new string('A', 86)));
        Assert.Null(NodeDirectoryName.OfNode(""));
        Assert.Equal("@10.0.0.7", NodeDirectoryName.OfSender("10.0.0.7"));
        Assert.Equal("@@others", NodeDirectoryName.OfSender(new string('A', 86)));
    }

    [Fact]
    public void No_name_leads_elsewhere_and_no_two_meet() => Seeded.Repeat(20_000, random =>
    {
        string one = Name(random), other = Name(random);
        string? directory = NodeDirectoryName.OfNode(one);

        Assert.NotNull(directory);
        Assert.DoesNotContain('/', directory);
        Assert.False(directory.StartsWith('.') || directory.StartsWith('@'));
        Assert.Equal(directory, directory.ToLowerInvariant());
        if (one != other)
            Assert.NotEqual(directory, NodeDirectoryName.OfNode(other));
    });

    // Few letters, so that names are often nearly the same.
    static string Name(Random random)
    {
        var name = new StringBuilder();
        for (int length = random.Next(1, 5); length > 0; length--)
            name.Append("aA./%@2e57-"[random.Next(11)]);
        return name.ToString();
    }
}
