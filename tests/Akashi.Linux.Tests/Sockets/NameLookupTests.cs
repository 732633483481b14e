using Akashi.Linux.Sockets;

namespace Akashi.Linux.Tests.Sockets;

/// <summary>The answers of getaddrinfo(3) in words; the numbers are those of netdb.h, which LibCTests looks at.</summary>
public class NameLookupTests
{
    [Theory]
    [InlineData(-2, "the name is not known")]
    [InlineData(-5, "the name is not known")]
    [InlineData(-3, "temporary failure in name resolution: no name server answers")]
    [InlineData(-4, "the name servers refuse to answer")]
    [InlineData(-10, "getaddrinfo fails with -10")]
    public void An_answer_is_told_in_words(int answer, string words) => Assert.Equal($"cannot find hub: {words}", NameLookup.Refusal("hub", answer).Message);
}
