using System.Text;
using Akashi.Control;
using Akashi.Daemon.Remote;

namespace Akashi.Daemon.Tests.Remote;

public sealed class HostBookTests
{
    static readonly CollectorSettings s_pinned = new() { Directory = "/logs", PinsNames = true };

    [Fact]
    public void A_name_belongs_to_who_used_it_first_and_others_records_stand_apart()
    {
        var book = new HostBook([]);
        Assert.Equal(("web1", null), Find(book, "10.0.0.7", "web1"));
        Assert.Equal(("@10.0.0.9", "web1"), Find(book, "10.0.0.9", "web1"));
        Assert.Equal(("web1", null), Find(book, "10.0.0.7", "web1"));
        Assert.Equal(("web1", null), Find(book, "", "web1"));
        Assert.Equal(("Web1", null), Find(book, "10.0.0.9", "Web1"));

        // Somebody else's place isn't to be had by its name either.
        Assert.Equal(("@10.0.0.8", null), Find(book, "10.0.0.8", "@10.0.0.9"));
        Assert.Equal(("@10.0.0.8", null), Find(book, "10.0.0.8", "@@others"));
        Assert.Equal(["%57eb1", "@10.0.0.8", "@10.0.0.9", "web1"], book.Describe().Select(host => host.Directory).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Where_names_are_anybodys_only_the_name_counts()
    {
        var book = new HostBook([]);
        Assert.Equal(("web1", null), Find(book, "10.0.0.7", "web1", new CollectorSettings()));
        Assert.Equal(("web1", null), Find(book, "10.0.0.9", "web1", new CollectorSettings()));
    }

    [Fact]
    public void A_forgotten_name_goes_to_who_uses_it_next()
    {
        var book = new HostBook([]);
        Find(book, "10.0.0.7", "web1");
        Assert.False(book.TryForget("web2"));
        Assert.True(book.TryForget("web1"));
        Assert.Equal(("web1", null), Find(book, "10.0.0.9", "web1"));
        Assert.Equal(("@10.0.0.7", "web1"), Find(book, "10.0.0.7", "web1"));
    }

    [Fact]
    public void What_is_kept_is_known_to_the_next_service()
    {
        var former = new HostBook([]);
        Find(former, "10.0.0.7", "web1");
        Find(former, "10.0.0.9", "web1");
        var book = new HostBook(HostListText.Read(HostListText.Write(former.Describe()))!);

        Assert.Equal(("@10.0.0.9", "web1"), Find(book, "10.0.0.9", "web1"));
        Assert.Equal(["@10.0.0.9", "web1"], book.Describe().Select(host => host.Directory).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_leads_no_log_elsewhere()
    {
        var book = new HostBook([new HostStatus { Node = "../etc", Directory = "../../etc" }, new HostStatus { Node = "@../x", Directory = ".." }]);
        Assert.Equal(["%2e.%2fetc", "@%2e.%2fx"], book.Describe().Select(host => host.Directory).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_that_invents_names_uses_up_its_own_share_alone()
    {
        var book = new HostBook([]);
        for (int name = 0; name < CollectorSettings.NamesPerSenderMax; name++)
            Assert.Equal(($"n{name}", null), Find(book, "10.0.0.7", $"n{name}"));
        Assert.Equal(("@10.0.0.7", null), Find(book, "10.0.0.7", "one-more"));
        Assert.Equal(("@10.0.0.7", null), Find(book, "10.0.0.7", new string('A', 200)));
        Assert.Equal(("n0", null), Find(book, "10.0.0.7", "n0"));
        Assert.Equal(("one-more", null), Find(book, "10.0.0.9", "one-more"));
    }

    [Fact]
    public void Beyond_the_limit_all_go_to_one_place()
    {
        var book = new HostBook([]);
        CollectorSettings settings = s_pinned with { DirectoriesMax = 2 };
        Assert.Equal(("a", null), Find(book, "10.0.0.1", "a", settings));
        Assert.Equal(("b", null), Find(book, "10.0.0.2", "b", settings));
        Assert.Equal(("@@others", null), Find(book, "10.0.0.3", "c", settings));
        Assert.Equal(("@@others", "a"), Find(book, "10.0.0.3", "a", settings));
        Assert.Equal(("@@others", null), Find(book, "10.0.0.4", "d", settings));
        Assert.Equal(3, book.Describe().Count);
    }

    static (string Host, string? Owner) Find(HostBook book, string sender, string node, CollectorSettings? settings = null)
    {
        KnownHost host = book.Find(sender, Encoding.ASCII.GetBytes(node), settings ?? s_pinned, out KnownHost? owner);
        return (host.Node, owner?.Node);
    }
}
