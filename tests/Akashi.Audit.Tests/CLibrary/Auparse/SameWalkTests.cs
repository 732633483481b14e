using System.Text.RegularExpressions;
using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary.Auparse;

/// <summary>Programs compiled against Debian's auparse.h (3.0.9), run with its library and with ours over real logs: same answers, call by call.</summary>
public sealed partial class SameWalkTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("server.log")]
    [InlineData("kernel.log")]
    public void Records_and_fields_are_the_same(string name) => IsSame("file", WalkedLog.Fields, Log(name), 2000);

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("server.log")]
    [InlineData("kernel.log")]
    public void Going_to_records_and_finding_fields_is_the_same(string name) => IsSame("file", WalkedLog.Jumps, Log(name), 2000);

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("array")]
    [InlineData("buffer")]
    [InlineData("buffers")]
    [InlineData("fd")]
    [InlineData("fp")]
    public void Every_source_gives_the_same(string source) => IsSame(source, WalkedLog.Fields, Log("kernel.log"), 2000);

    [Trait("Category", "Long")]
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(1_000_000)]
    public void Feeding_gives_the_same(int pieceBytes) => IsSame("feed", WalkedLog.Fields, Log("kernel.log"), 2000, pieceBytes);

    [Trait("Category", "Long")]
    [Fact]
    public void Pieces_of_every_length_give_the_same_events()
    {
        string log = Log("mixed.log");
        string[] whole = WalkedLog.Run(OwnLibrary.Place, "file", 0, log);

        Assert.True(whole.Length > 20);
        for (int pieceBytes = 1; pieceBytes < 80; pieceBytes++)
        {
            string[] fed = WalkedLog.Run(OwnLibrary.Place, "feed", 0, log, pieceBytes);
            Assert.Equal(whole[..^1].Select(text => text.Split('\n')[0]), fed[..(whole.Length - 1)].Select(text => text.Split('\n')[0]));
        }
    }

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("server.log")]
    [InlineData("kernel.log")]
    public void Whole_paths_are_the_same(string name) => IsSame("file", WalkedLog.Paths, Log(name), 2000);

    // Arguments of system calls have more names since 3.0.9, and some other ones. Of sockets' addresses the original escapes blanks and braces only where something
    // worse is in them, and the family's name then ends with a backslash.
    [Trait("Category", "Long")]
    [Theory]
    [InlineData("server.log", 0)]
    [InlineData("kernel.log", 0)]
    [InlineData("kernel.log", 1)]
    [InlineData("kernel.log", 2)]
    [InlineData("kernel.log", 3)]
    public void Words_are_the_same(string name, int escape)
    {
        string log = Log(name);
        string[] expected = WalkedLog.Run(Yardstick.Libraries, "file", WalkedLog.Words + WalkedLog.Escape(escape), log);
        string[] actual = WalkedLog.Run(OwnLibrary.Place, "file", WalkedLog.Words + WalkedLog.Escape(escape), log);

        Assert.True(expected.Length > 2000);
        Assert.Equal(expected.Select(text => Comparable(text, escape)), actual.Select(text => Comparable(text, escape)));
        int different = expected.Zip(actual).Count(pair => pair.First != pair.Second);
        Assert.True(different * 20 < expected.Length, $"{different} of {expected.Length} events differ");
    }

    // What 4.x calls otherwise: landlock_* and memfd_* have actions of their own, and one OBJ_PID record is no list.
    [Trait("Category", "Long")]
    [Theory]
    [InlineData("server.log", 2000)]
    [InlineData("kernel.log", 600)]
    public void Normal_forms_are_the_same(string name, int actionsMin)
    {
        string log = Log(name);
        string[] expected = WalkedLog.Run(Yardstick.Libraries, "file", WalkedLog.Normal, log);
        string[] actual = WalkedLog.Run(OwnLibrary.Place, "file", WalkedLog.Normal, log);

        Assert.Equal(expected.Length, actual.Length);
        int compared = 0;
        foreach ((string theirs, string ours) in expected.Select(First).Zip(actual.Select(First)))
        {
            Assert.Equal(Lines(theirs, "session|subject|subject 2|results|key"), Lines(ours, "session|subject|subject 2|results|key"));
            if (!theirs.Contains("triggered-audit-rule", StringComparison.Ordinal) && !theirs.Contains("killed-list", StringComparison.Ordinal))
            {
                Assert.Equal(Lines(theirs, "action|how|subject kind"), Lines(ours, "action|how|subject kind"));
                compared++;
            }
        }

        Assert.True(compared > actionsMin, $"{compared} actions compared");
    }

    // Of renames and links, and where another record stands before SYSCALL, 4.x tells more.
    [Fact]
    public void Objects_and_attributes_are_the_same()
    {
        string log = Log("server.log");
        string[] expected = WalkedLog.Run(Yardstick.Libraries, "file", WalkedLog.Normal, log);
        string[] actual = WalkedLog.Run(OwnLibrary.Place, "file", WalkedLog.Normal, log);

        int different = 0;
        int compared = 0;
        foreach ((string theirs, string ours) in expected.Select(First).Zip(actual.Select(First)))
        {
            const string Names = "attribute|object|object 2|object attribute|object kind";
            if (theirs.Contains("action renamed", StringComparison.Ordinal) || theirs.Contains("attribute 1 1 pid=", StringComparison.Ordinal))
                continue;
            compared++;
            if (Lines(theirs, Names) != Lines(ours, Names))
                different++;
        }

        Assert.InRange(different, 0, 8);
        Assert.True(compared > 3000, $"{compared} compared");
    }

    void IsSame(string source, int mode, string log, int eventsMin, int pieceBytes = 1000)
    {
        string[] expected = WalkedLog.Run(Yardstick.Libraries, source, mode, log, pieceBytes);
        string[] actual = WalkedLog.Run(OwnLibrary.Place, source, mode, log, pieceBytes);

        Assert.True(expected.Length > eventsMin, $"{expected.Length} events");
        Assert.Equal(expected, actual);
    }

    string Log(string name)
    {
        string path = _folder[name];
        WalkedLog.WriteLog(name, path);
        return path;
    }

    // The form with attributes; the one without, in 3.0.9, looks in other records.
    static string First(string text) => text.Split("\n normalize") is [_, var first, ..] ? first : "";

    static string Lines(string text, string names) =>
        string.Join('\n', Regex.Matches(text, $"^  (?:{names}) [0-9(a-z-].*$", RegexOptions.Multiline).Select(match => match.Value));

    static string Comparable(string text, int escape) => Addresses().Replace(Arguments().Replace(text, ""), match => escape < 2 ? match.Value : "");

    [GeneratedRegex("^   [0-9]+ a[0-3]=.*\n", RegexOptions.Multiline)]
    private static partial Regex Arguments();

    [GeneratedRegex("^   [0-9]+ saddr=.*\n", RegexOptions.Multiline)]
    private static partial Regex Addresses();
}
