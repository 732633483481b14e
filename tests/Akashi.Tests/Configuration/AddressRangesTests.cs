using Akashi.Configuration;

namespace Akashi.Tests.Configuration;

public sealed class AddressRangesTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.7", true)]
    [InlineData("10.0.0.0/8", "11.0.0.7", false)]
    [InlineData("10.0.0.7", "10.0.0.7", true)]
    [InlineData("10.0.0.7", "10.0.0.8", false)]
    [InlineData("10.0.0.0/8,fd00::/8", "fd12::1", true)]
    [InlineData("fe80::/10", "fe80::1%eth0", true)]
    [InlineData("10.0.0.0/8", "fd12::1", false)]
    [InlineData("0.0.0.0/0", "192.168.1.1", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("10.0.0.0/8", "nonsense", false)]
    public void An_address_is_in_or_it_is_not(string ranges, string address, bool isIn)
    {
        Assert.True(AddressRanges.TryParse(ranges, out AddressRanges parsed));
        Assert.Equal(isIn, parsed.Has(address));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.1")]
    [InlineData("10.0.0.7/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8,")]
    [InlineData("web1")]
    [InlineData("fe80::1%eth0")]
    public void A_slip_is_none(string ranges) => Assert.False(AddressRanges.TryParse(ranges, out _));

    [Fact]
    public void Without_any_all_are_in() => Assert.True(default(AddressRanges).Has("10.0.0.7"));
}
