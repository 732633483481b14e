using System.Text;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;

namespace Akashi.Linux.Tests.Processes;

public sealed class StartReaderTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Child_reads_what_it_is_given_and_has_the_environment_it_is_given()
    {
        using Pipe pipe = Pipe.Open();
        string[] arguments = ["sh", "-c", $"{{ cat; env | grep -v '^_\\|^PWD\\|^SHLVL'; ls /proc/self/fd; }} >{_path}"];

        int pid = DetachedProcess.StartReader("/bin/sh", arguments, ["A=1", "PATH=/usr/bin:/bin"], pipe.Reader, keepsOutput: false);
        pipe.Reader.Dispose();
        using (var writer = new FileStream(pipe.Writer, FileAccess.Write, 0))
            writer.Write(Encoding.ASCII.GetBytes("letter\n"));
        WaitFor(pid);

        // 3 is the directory that ls reads.
        Assert.Equal(["letter", "A=1", "PATH=/usr/bin:/bin", "0", "1", "2", "3"], File.ReadAllLines(_path));
    }

    [Fact]
    public void Child_without_input_reads_nothing()
    {
        WaitFor(DetachedProcess.StartReader("/bin/sh", ["sh", "-c", $"wc -c >{_path}"], ["PATH=/usr/bin:/bin"], null, keepsOutput: false));

        Assert.Equal("0", File.ReadAllText(_path).Trim());
    }

    static void WaitFor(int pid)
    {
        using ProcessHandle child = ProcessHandle.Open(pid)!;
        Assert.True(child.WaitForEnd(s_limit));
        Assert.True(DetachedProcess.TryReap(pid, out int exitCode));
        Assert.Equal(0, exitCode);
    }
}
