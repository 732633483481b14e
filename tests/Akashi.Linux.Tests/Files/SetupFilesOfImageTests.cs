using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Setup;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Files;

/// <summary>Links of an image that would lead out of it.</summary>
public sealed class SetupFilesOfImageTests : IDisposable
{
    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly TemporaryFolder _folder = new();
    readonly SetupFiles _files;

    public SetupFilesOfImageTests()
    {
        Directory.CreateDirectory(_folder["outside/empty"]);
        File.WriteAllText(_folder["outside/there"], "theirs");
        Directory.CreateDirectory(_folder["image/etc/audit"]);
        _files = new SetupFiles(_folder["image/"]);
    }

    public void Dispose() => _folder.Dispose();

    // {0} is the directory outside.
    [Theory]
    [InlineData("{0}")]
    [InlineData("../../../outside")]
    [InlineData("../../../../../../../../../../..{0}")]
    [InlineData("/../../outside")]
    [InlineData("chain")]
    [InlineData("../hop/rules")]
    [InlineData("/proc/self/root{0}")]
    public void Nothing_is_done_outside_whatever_links_say(string target)
    {
        File.CreateSymbolicLink(_folder["image/etc/audit/rules.d"], string.Format(null, target, _folder["outside"]));
        File.CreateSymbolicLink(_folder["image/etc/audit/chain"], _folder["outside"]);
        File.CreateSymbolicLink(_folder["image/etc/hop"], "/etc/other");
        Directory.CreateDirectory(_folder["image/etc/other"]);
        File.CreateSymbolicLink(_folder["image/etc/other/rules"], "../../../outside");
        const string Through = "image/etc/audit/rules.d/";

        Assert.Equal(FileStateKind.Missing, _files.Look(_folder[Through + "there"]).Kind);
        Assert.Empty(_files.List(_folder["image/etc/audit/rules.d"]));
        Assert.Equal(2, Assert.Throws<TrailException>(() => _files.WriteNew(_folder[Through + "new"], FileState.File([1]), null)).Errno);
        Assert.Throws<TrailException>(() => _files.MakeDirectory(_folder[Through + "new"], Mode));
        Assert.Throws<TrailException>(() => _files.MakeLink(_folder[Through + "new"], "x"));
        Assert.Throws<TrailException>(() => _files.MakeName(_folder["image/etc/new"], _folder[Through + "there"]));
        Assert.Throws<TrailException>(() => _files.Rename(_folder[Through + "there"], _folder["image/etc/new"]));
        _files.Remove(_folder[Through + "there"]);
        _files.RemoveDirectory(_folder[Through + "empty"]);
        _files.FlushDirectory(_folder["image/etc/audit/rules.d"]);

        Assert.Equal("theirs", File.ReadAllText(_folder["outside/there"]));
        Assert.Equal(["empty", "there"], Directory.GetFileSystemEntries(_folder["outside"]).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("/real", "etc/rules/file")]
    [InlineData("../real", "etc/rules/file")]
    [InlineData("../../../../real", "etc/rules/file")]
    [InlineData("/etc/../../real/./", "etc/rules/file")]
    public void Links_inside_lead_where_the_image_has_them(string target, string path)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make files of root");
        Directory.CreateDirectory(_folder["image/real"]);
        File.CreateSymbolicLink(_folder["image/etc/rules"], target);
        path = _folder["image/" + path];

        _files.WriteNew(path, FileState.File("new"u8.ToArray()), null);
        Assert.Equal("new", File.ReadAllText(_folder["image/real/file"]));
        Assert.Equal("new"u8.ToArray(), _files.Look(path).Bytes);
        _files.MakeName(path + "2", path);
        _files.Rename(path + "2", path + "3");
        Assert.Equal(["file", "file3"], _files.List(_folder["image/etc/rules"]).Order());
        _files.MakeDirectory(_folder["image/etc/rules/sub"], Mode);
        Assert.Equal(Mode, File.GetUnixFileMode(_folder["image/real/sub"]));
        _files.RemoveDirectory(_folder["image/etc/rules/sub"]);
        _files.Remove(path);
        Assert.Equal([_folder["image/real/file3"]], Directory.GetFileSystemEntries(_folder["image/real"]));
    }

    [Fact]
    public void A_link_of_the_name_itself_is_not_followed()
    {
        File.CreateSymbolicLink(_folder["image/etc/file"], _folder["outside/there"]);
        File.CreateSymbolicLink(_folder["image/etc/dir"], _folder["outside/empty"]);

        Assert.Equal(_folder["outside/there"], _files.Look(_folder["image/etc/file"]).Target);
        Assert.Equal(17, Assert.Throws<TrailException>(() => _files.WriteNew(_folder["image/etc/file"], FileState.File([1]), null)).Errno);
        Assert.Equal(17, Assert.Throws<TrailException>(() => _files.MakeDirectory(_folder["image/etc/dir"], Mode)).Errno);
        _files.RemoveDirectory(_folder["image/etc/dir"]);
        Assert.True(Directory.Exists(_folder["outside/empty"]));
        _files.Remove(_folder["image/etc/file"]);
        Assert.Equal("theirs", File.ReadAllText(_folder["outside/there"]));
    }

    [Fact]
    public void Links_in_a_circle_and_paths_elsewhere_are_refused()
    {
        File.CreateSymbolicLink(_folder["image/etc/a"], "b");
        File.CreateSymbolicLink(_folder["image/etc/b"], "a");

        Assert.Equal(40, Assert.Throws<TrailException>(() => _files.Look(_folder["image/etc/a/x"])).Errno);
        Assert.Throws<TrailException>(() => _files.Look(_folder["outside/there"]));
        Assert.Throws<TrailException>(() => _files.Look(_folder["image2"]));
        Assert.Throws<TrailException>(() => _files.Look(_folder["image/.."]));
        Assert.Equal(FileStateKind.Missing, _files.Look(_folder["image/../outside/there"]).Kind);
    }
}
