using System.Text;
using Akashi.Control;
using Akashi.Testing;

namespace Akashi.Tests.Control;

public sealed class HostListTextTests
{
    static readonly HostStatus s_all = new()
    {
        Node = "web1", Sender = "10.0.0.7", Address = "10.0.0.7", Transport = "tcp", Program = "akashi 0.1.0",
        First = DateTimeOffset.FromUnixTimeMilliseconds(1626611363720), Heard = DateTimeOffset.FromUnixTimeMilliseconds(1626611999999), Records = 12, Rate = 3.5, LagMilliseconds = -7,
        BehindMilliseconds = 40, Refused = 2, Losses = [("sender", 3), ("kernel", 4)], IsConnected = true, IsSilent = true, IsFull = true, IsSlowed = true, Directory = "web1", DirectoryBytes = 99,
    };

    [Fact]
    public void The_text_stays_what_it_is()
    {
        Assert.Equal(
            "akashi hosts 1\nhost web1 10.0.0.7 10.0.0.7 tcp akashi%200.1.0 1626611363720 1626611999999 12 35 -7 40 2 csfw sender=3,kernel=4 web1 99\n"
            + "host a%25 - - - - 0 0 0 0 - - 0 - - - 0\nend\n",
            Encoding.UTF8.GetString(HostListText.Write([s_all, new HostStatus { Node = "a%" }])));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        IReadOnlyList<HostStatus>? read = HostListText.Read(HostListText.Write([s_all, new HostStatus { Node = "a%" }]));

        Assert.NotNull(read);
        Assert.Equal(2, read.Count);
        Assert.Equal(s_all with { Losses = [] }, read[0] with { Losses = [] });
        Assert.Equal(s_all.Losses, read[0].Losses);
        Assert.Equal("a%", read[1].Node);
        Assert.Null(read[1].LagMilliseconds);
        Assert.Empty(HostListText.Read(HostListText.Write([]))!);
    }

    [Fact]
    public void No_bytes_break_it_and_none_that_are_cut_are_taken() => Seeded.Repeat(2000, random =>
    {
        byte[] whole = HostListText.Write([s_all, s_all with { Node = "b" }]);
        Assert.Null(HostListText.Read(whole.AsSpan(0, random.Next(whole.Length))));
        if (HostListText.Read(Mutations.Damage(whole, random)) is { } read)
            Assert.Equal(read.Count, HostListText.Read(HostListText.Write(read))!.Count);
    });
}
