using System.Diagnostics;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Files;

/// <summary>What stands where the trail should, in a directory that somebody else may write to.</summary>
public sealed class TrailFileTests : IDisposable
{
    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly TemporaryFolder _folder = new();
    readonly IFiles _files = new LinuxHost().Files;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_symbolic_link_is_not_written_through()
    {
        File.WriteAllText(_folder["victim"], "mine");
        File.CreateSymbolicLink(_folder["audit.log"], _folder["victim"]);

        TrailException refusal = Assert.Throws<TrailException>(() => _files.OpenForAppending(_folder["audit.log"], Mode));

        Assert.Equal($"cannot open {_folder["audit.log"]}: Too many levels of symbolic links", refusal.Message);
        Assert.Equal("mine", File.ReadAllText(_folder["victim"]));
    }

    [Fact]
    public void A_file_of_two_names_is_not_written_to()
    {
        File.WriteAllText(_folder["victim"], "mine");
        Run("ln", _folder["victim"], _folder["audit.log"]);

        TrailException refusal = Assert.Throws<TrailException>(() => _files.OpenForAppending(_folder["audit.log"], Mode));

        Assert.Contains("it has another name too", refusal.Message);
    }

    [Fact]
    public void Rights_beyond_the_wanted_ones_are_taken_away()
    {
        File.WriteAllText(_folder["audit.log"], "");
        File.SetUnixFileMode(_folder["audit.log"], Mode | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);

        _files.OpenForAppending(_folder["audit.log"], Mode).Dispose();

        Assert.Equal(Mode, File.GetUnixFileMode(_folder["audit.log"]));
    }

    [Fact]
    public void A_pipe_is_refused_at_once_for_reading_and_for_writing()
    {
        Run("mkfifo", _folder["audit.log"]);

        Assert.Contains("it is a pipe, not a file", Assert.Throws<TrailException>(() => _files.OpenForReading(_folder["audit.log"])).Message);
        Assert.Throws<TrailException>(() => _files.OpenForAppending(_folder["audit.log"], Mode));
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
