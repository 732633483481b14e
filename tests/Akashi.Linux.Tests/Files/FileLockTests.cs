using Akashi.Linux.Files;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Files;

public class FileLockTests
{
    [Fact]
    public void Only_one_holds_the_lock_and_flock_agrees()
    {
        string path = Path.GetTempFileName();
        try
        {
            Assert.True(FileLock.TryTake(path, out FileLock? held));
            Assert.False(FileLock.TryTake(path, out FileLock? second));
            Assert.Null(second);
            Assert.Equal("busy", ProgramOutput.Of("sh", ["-c", $"flock -n {path} true || echo busy"]));

            held.Dispose();

            Assert.Equal("", ProgramOutput.Of("sh", ["-c", $"flock -n {path} true || echo busy"]));
            FileLock.Take(path).Dispose();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Who_holds_a_lock_is_told()
    {
        using var folder = new TemporaryFolder();
        Assert.True(FileLock.TryTake(folder["lock"], out FileLock? held));
        Assert.Equal($"{File.ReadAllText("/proc/self/comm").Trim()} (process {Environment.ProcessId})", LockHolder.Find(folder["lock"]));
        held.Dispose();
        Assert.Null(LockHolder.Find(folder["lock"]));
        Assert.Null(LockHolder.Find(folder["none"]));

        // As proc(5) has it; 0xFE00 is major 254, minor 0.
        const string Table = "1: POSIX  ADVISORY  WRITE 7 fe:00:12 0 EOF\n2: -> FLOCK  ADVISORY  WRITE 8 fe:00:12 0 EOF\n3: FLOCK  ADVISORY  WRITE 9 fe:00:12 0 EOF\n4: FLOCK\n";
        Assert.Equal(9, LockHolder.FindProcess(Table, 0xFE00, 12));
        Assert.Null(LockHolder.FindProcess(Table, 0xFE01, 12));
    }

    [Fact]
    public void A_directory_is_locked_under_whatever_name_and_nothing_is_made_in_it()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["image"]);
        Directory.CreateSymbolicLink(folder["link"], folder["image"]);
        Assert.True(FileLock.TryTakeDirectory(folder["image"], out FileLock? held));
        Assert.False(FileLock.TryTakeDirectory(folder["link"], out _));
        Assert.Equal("busy", ProgramOutput.Of("sh", ["-c", $"flock -n {folder["image"]} true || echo busy"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["image"]));

        held.Dispose();
        Assert.True(FileLock.TryTakeDirectory(folder["link"], out FileLock? next));
        next.Dispose();
    }
}
