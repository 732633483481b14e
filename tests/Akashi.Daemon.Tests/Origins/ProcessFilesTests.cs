using System.Diagnostics;
using System.Text;
using Akashi.Daemon.Origins;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.Tests.Origins;

// This machine's own /proc: what a scripted one can only claim.
public class ProcessFilesTests
{
    readonly ProcessFiles _files = new();

    [Fact]
    public void An_open_file_stays_that_of_its_process_and_ends_with_it()
    {
        using Process child = Process.Start(new ProcessStartInfo("/bin/sleep", "1000") { UseShellExecute = false })!;
        using IProcessDirectory directory = _files.Open(child.Id)!;
        using IProcessFile command = directory.Open("comm")!;
        using IProcessFile cgroup = directory.Open("cgroup")!;
        Span<byte> text = new byte[4096];
        Assert.True(cgroup.Read(text) > 0);
        // Between fork and exec it has the name of this process.
        Assert.True(SpinWait.SpinUntil(() => Read(command) == "sleep\n", TimeSpan.FromSeconds(30)));

        child.Kill();
        child.WaitForExit();

        Assert.Equal(-1, command.Read(text));
        Assert.Equal(-1, cgroup.Read(text));
        Assert.Null(directory.Open("comm"));
        Assert.Null(_files.Open(child.Id));
    }

    [Fact]
    public void The_beginning_of_this_process_is_what_the_runtime_says()
    {
        using Process self = Process.GetCurrentProcess();
        using IProcessDirectory directory = _files.Open(self.Id)!;
        using IProcessFile stat = directory.Open("stat")!;
        byte[] text = new byte[1024];
        long sinceBoot = ProcessStat.StartedMilliseconds(text.AsSpan(0, stat.Read(text)));

        long booted = new Akashi.Linux.LinuxHost().BootTime.ToUnixTimeMilliseconds();

        Assert.InRange(booted + sinceBoot - new DateTimeOffset(self.StartTime).ToUnixTimeMilliseconds(), -1000, 1000);
    }

    [Theory]
    [InlineData("1 (a) b) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123 1000\n", 1230)]
    [InlineData("1 (a S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123 1000\n", -1)]
    [InlineData("1 (a) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123", -1)]
    [InlineData("1 (a) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 -5 1\n", -1)]
    [InlineData("1 (a)", -1)]
    [InlineData("", -1)]
    public void The_22nd_field_tells_the_beginning(string stat, long milliseconds) =>
        Assert.Equal(milliseconds, ProcessStat.StartedMilliseconds(Encoding.ASCII.GetBytes(stat)));

    static string Read(IProcessFile file)
    {
        byte[] text = new byte[64];
        return Encoding.ASCII.GetString(text, 0, Math.Max(file.Read(text), 0));
    }
}
