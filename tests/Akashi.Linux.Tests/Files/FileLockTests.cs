using Akashi.Linux.Files;

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
}
