using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Linux.Tests.Files;

public sealed class LinuxFilesTests : IDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("akashi-files-").FullName;
    readonly LinuxFiles _files = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Missing_file_is_an_error_with_the_path_and_the_reason()
    {
        string path = Named("missing");

        var fault = Assert.Throws<TrailException>(() => _files.OpenForReading(path));

        Assert.Equal(2, fault.Errno);
        Assert.Equal($"cannot open {path}: No such file or directory", fault.Message);
    }

    [Fact]
    public void A_name_is_what_stat_tells_and_a_link_only_where_it_is_not_followed()
    {
        string path = Named("file");
        string link = Named("link");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupExecute | UnixFileMode.OtherWrite | UnixFileMode.SetUser);
        File.CreateSymbolicLink(link, path);

        Assert.True(_files.TryLook(link, followsLink: true, out FileStatus followed));
        Assert.True(_files.TryLook(link, followsLink: false, out FileStatus itself));
        Assert.False(_files.TryLook(Named("missing"), followsLink: true, out FileStatus missing));

        string told = ProgramOutput.Of("stat", ["-c", "%u %g %a %d %i", path]);
        Assert.Equal(told, $"{followed.Uid} {followed.Gid} {Convert.ToString((int)followed.Mode, 8)} {followed.Device} {followed.Inode}");
        Assert.Equal((FileKind.Regular, false), (followed.Kind, followed.IsSymbolicLink));
        Assert.Equal((FileKind.Other, true), (itself.Kind, itself.IsSymbolicLink));
        Assert.Equal(default, missing);
    }

    [Fact]
    public void Room_is_what_stat_tells_of_the_file_system()
    {
        using SafeFileHandle handle = _files.OpenForReading(_directory);

        FileSystemSpace space = _files.SpaceAround(handle, _directory);

        // Others write meanwhile: of what is free only the order of magnitude.
        long[] told = [.. ProgramOutput.Of("stat", ["-f", "-c", "%S %b %a", _directory]).Split(' ').Select(long.Parse)];
        Assert.Equal(told[0] * told[1], space.Bytes);
        Assert.InRange(space.FreeBlocks, told[2] * 9 / 10, told[2] * 11 / 10);
        Assert.Equal(space.FreeBlocks * told[0], space.FreeBytes);
    }

    [Fact]
    public void Identity_is_what_stat_tells_and_follows_the_file_through_a_rename()
    {
        string path = Named("audit.log");
        File.WriteAllText(path, "twelve bytes");
        using SafeFileHandle handle = _files.OpenForReading(path);

        File.Move(path, Named("audit.log.1"));
        File.WriteAllText(path, "new");
        FileIdentity identity = _files.Identify(handle);

        string told = ProgramOutput.Of("stat", ["-c", "%d %i %s", Named("audit.log.1")]);
        Assert.Equal(told, $"{identity.Device} {identity.Inode} {identity.LengthWhenOpened}");
        Assert.NotEqual(identity.Inode, Identity(path).Inode);
    }

    [Fact]
    public void Appending_goes_to_the_end_whoever_else_writes()
    {
        string path = Named("audit.log");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        using SafeFileHandle first = _files.OpenForAppending(path, Mode);
        using SafeFileHandle second = _files.OpenForAppending(path, Mode);

        _files.Append(first, "one\n"u8, path);
        _files.Append(second, "two\n"u8, path);
        _files.Append(first, "three\n"u8, path);
        _files.Flush(first, path);

        Assert.Equal("one\ntwo\nthree\n", File.ReadAllText(path));
        Assert.Equal("640", ProgramOutput.Of("stat", ["-c", "%a", path]));
    }

    [Fact]
    public void Mode_is_changed()
    {
        string path = Named("audit.log");
        using SafeFileHandle handle = _files.OpenForAppending(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        _files.SetMode(handle, UnixFileMode.UserRead, path);

        Assert.Equal("400", ProgramOutput.Of("stat", ["-c", "%a", path]));
    }

    [Fact]
    public void Full_disk_is_an_error_with_its_number()
    {
        using SafeFileHandle full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);

        var fault = Assert.Throws<TrailException>(() => _files.Append(full, "one\n"u8, "/dev/full"));

        Assert.Equal(28, fault.Errno);
        Assert.Equal("cannot write /dev/full: No space left on device", fault.Message);
    }

    [Fact]
    public void Kinds_are_told_apart()
    {
        File.WriteAllText(Named("file"), "");
        File.CreateSymbolicLink(Named("link"), "file");
        ProgramOutput.Of("mkfifo", [Named("fifo")]);

        Assert.Equal(FileKind.Regular, _files.KindOf(Named("file")));
        Assert.Equal(FileKind.Regular, _files.KindOf(Named("link")));
        Assert.Equal(FileKind.Directory, _files.KindOf(_directory));
        Assert.Equal(FileKind.Fifo, _files.KindOf(Named("fifo")));
        Assert.Equal(FileKind.Missing, _files.KindOf(Named("missing")));
        Assert.Equal(FileKind.Other, _files.KindOf("/dev/null"));
        Assert.Equal(FileKind.Terminal, _files.KindOf("/dev/ptmx"));
    }

    [Fact]
    public void Handle_that_is_closed_is_a_programmers_error()
    {
        SafeFileHandle handle = _files.OpenForReading("/dev/null");
        handle.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _files.Identify(handle));
    }

    [Fact]
    public void Watch_sees_what_is_written_and_made_and_moved()
    {
        string path = Named("audit.log");
        File.WriteAllText(path, "");
        using IFileWatcher watcher = _files.Watch(_directory);
        Assert.False(watcher.Wait(TimeSpan.Zero));

        File.AppendAllText(path, "one\n");
        Assert.True(watcher.Wait(TimeSpan.FromSeconds(10)));
        Assert.False(watcher.Wait(TimeSpan.Zero));
        File.Move(path, Named("audit.log.1"));
        Assert.True(watcher.Wait(TimeSpan.FromSeconds(10)));
        File.WriteAllText(path, "");
        Assert.True(watcher.Wait(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Watch_of_one_file_sees_what_is_written()
    {
        string path = Named("audit.log");
        File.WriteAllText(path, "");
        using IFileWatcher watcher = _files.Watch(path);

        File.WriteAllText(Named("other"), "");
        Assert.False(watcher.Wait(TimeSpan.Zero));
        File.AppendAllText(path, "one\n");

        Assert.True(watcher.Wait(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Wake_ends_the_wait_on_another_thread()
    {
        using IFileWatcher watcher = _files.Watch(_directory);
        Task<bool> waiting = Task.Run(() => watcher.Wait(Timeout.InfiniteTimeSpan));

        watcher.Wake();

        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Watch_of_nothing_is_an_error()
    {
        Assert.Equal(2, Assert.Throws<TrailException>(() => _files.Watch(Named("missing"))).Errno);
    }

    string Named(string name) => Path.Combine(_directory, name);

    FileIdentity Identity(string path)
    {
        using SafeFileHandle handle = _files.OpenForReading(path);
        return _files.Identify(handle);
    }
}
