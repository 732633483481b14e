using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Tests.Host;

/// <summary>What the C library would have said where .NET has sentences of its own; the words are those of errno(3).</summary>
public sealed class FileFaultTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Faults_of_files_are_told_in_the_C_librarys_words()
    {
        File.WriteAllText(_folder["file"], "");

        Assert.Equal("No such file or directory", Fault(() => File.ReadAllBytes(_folder["missing"])));
        Assert.Equal("No such file or directory", Fault(() => File.ReadAllBytes(_folder["missing/file"])));
        Assert.Equal("File exists", Fault(() => Directory.CreateDirectory(_folder["file"])));
        Assert.Equal("Permission denied", Fault(() => throw new UnauthorizedAccessException("Access is denied")));
        Assert.Equal("File name too long", Fault(() => File.ReadAllBytes(_folder[new string('x', 300)])));
        Assert.Equal("Operation not permitted", Fault(() => throw new UnauthorizedAccessException("no", new IOException("no", 1))));
    }

    static string Fault(Action action)
    {
        Exception? exception = Record.Exception(action);
        Assert.True(exception is IOException or UnauthorizedAccessException, $"{exception}");
        return FileFault.Describe(exception);
    }
}
