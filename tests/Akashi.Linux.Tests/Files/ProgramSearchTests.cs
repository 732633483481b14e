using Akashi.Linux.Files;
using Akashi.Linux.Interop;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Files;

public sealed unsafe class ProgramSearchTests : IDisposable
{
    const UnixFileMode Plain = (UnixFileMode)0b111_101_101;

    readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Programs_that_give_rights_are_found_once_and_links_not_followed()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to give a file capabilities");
        Make("bin/su", UnixFileMode.SetUser | Plain);
        Make("bin/wall", UnixFileMode.SetGroup | Plain);
        Make("bin/plain", Plain);
        Make("bin/ping", Plain);
        GiveCapability(_root["bin/ping"]);
        Make("lib/data", UnixFileMode.SetUser | UnixFileMode.UserRead);
        Make("lib/locking", UnixFileMode.SetGroup | UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(_root["lib/link"], _root["bin/su"]);
        File.CreateSymbolicLink(_root["lib/loop"], _root["bin"]);
        Assert.Equal(0, LibC.link(_root["bin/su"], _root["bin/a-su"]));
        Directory.CreateDirectory(_root["other/bin"]);
        Make("other/bin/su", UnixFileMode.SetUser | Plain);
        Directory.CreateDirectory(_root["bin/setgid-directory"]);
        File.SetUnixFileMode(_root["bin/setgid-directory"], UnixFileMode.SetGroup | Plain);

        var search = new ProgramSearch(_root.Path, (path, _) => path != "/other");
        IReadOnlyList<RightsGivingFile> found = search.Find();

        Assert.Equal(["/bin/a-su", "/bin/ping", "/bin/wall"], found.Select(file => file.Path));
        Assert.Equal("0100000200200000000000000000000000000000", Convert.ToHexString(found[1].Capabilities));
        Assert.False(search.IsCut);
        Assert.Equal(0, search.UnreadableCount);
    }

    [Fact]
    public void The_search_has_an_end()
    {
        Make("1", Plain);
        Make("2", Plain);
        Make("3", Plain);

        var search = new ProgramSearch(_root.Path, (_, _) => true) { NamesMax = 2 };
        search.Find();
        Assert.True(search.IsCut);
        search = new ProgramSearch(_root.Path, (_, _) => true) { NamesMax = 3 };
        search.Find();
        Assert.False(search.IsCut);
    }

    // Whichever of the two the disk tells first.
    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void What_others_fill_is_searched_last(string theirs, string roots)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, for directories of root's");
        for (int index = 0; index < 10; index++)
            Make($"{theirs}/{index}", Plain);
        File.SetUnixFileMode(_root[theirs], UnixFileMode.StickyBit | (UnixFileMode)0b111_111_111);
        Make($"{roots}/su", UnixFileMode.SetUser | Plain);

        var search = new ProgramSearch(_root.Path, (_, _) => true) { NamesMax = 5 };

        Assert.Equal([$"/{roots}/su"], search.Find().Select(file => file.Path));
        Assert.True(search.IsCut);
    }

    void Make(string path, UnixFileMode mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[path])!);
        File.WriteAllText(_root[path], "");
        File.SetUnixFileMode(_root[path], mode);
    }

    // cap_net_raw+ep, as setcap(8) writes it.
    static void GiveCapability(string path)
    {
        byte[] value = Convert.FromHexString("0100000200200000000000000000000000000000");
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        fixed (byte* start = value)
            Assert.Equal(0, LibC.fsetxattr((int)handle.DangerousGetHandle(), "security.capability", start, (nuint)value.Length, 0));
    }
}
