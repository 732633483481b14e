using System.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Linux.Tests.Processes;

public class DetachedProcessTests
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void Child_sees_the_end_of_the_pipe_it_was_given()
    {
        using Pipe pipe = Pipe.Open();
        int pid = DetachedProcess.Start("/bin/sh", ["sh", "-c", "read -r line <&3; test -z \"$line\" && exit 7"], pipe.Reader);
        using ProcessHandle child = ProcessHandle.Open(pid)!;

        Assert.False(child.WaitForEnd(TimeSpan.Zero));
        pipe.Writer.Dispose();

        Assert.True(child.WaitForEnd(s_limit));
        Assert.True(DetachedProcess.TryReap(pid, out int exitCode));
        Assert.Equal(7, exitCode);
        Assert.Null(ProcessHandle.Open(pid));
    }

    [Fact]
    public void Child_leads_a_session_and_has_no_other_descriptors()
    {
        string path = Path.GetTempFileName();
        try
        {
            using FileStream other = File.OpenRead(path);
            using SafeFileHandle output = new LinuxFiles().OpenForAppending(path, UnixFileMode.None);
            const string Script = "exec >&3; cut -d' ' -f6 /proc/$$/stat; echo $$; readlink /proc/$$/fd/0; exec ls /proc/self/fd";
            int pid = DetachedProcess.Start("/bin/sh", ["sh", "-c", Script], output);
            using ProcessHandle child = ProcessHandle.Open(pid)!;
            Assert.True(child.WaitForEnd(s_limit));
            Assert.True(DetachedProcess.TryReap(pid, out int exitCode));

            // The session's number is the child's own; 4 is the directory that ls reads.
            Assert.Equal(0, exitCode);
            Assert.Equal($"{pid}\n{pid}\n/dev/null\n0\n1\n2\n3\n4\n", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Child_has_default_signals_though_NET_ignores_SIGPIPE()
    {
        int pid = DetachedProcess.Start("/bin/sh", ["sh", "-c", "kill -PIPE $$; exit 0"]);
        using ProcessHandle child = ProcessHandle.Open(pid)!;

        Assert.True(child.WaitForEnd(s_limit));
        Assert.True(DetachedProcess.TryReap(pid, out int exitCode));
        Assert.Equal(128 + 13, exitCode);
    }

    [Fact]
    public void Program_that_is_missing_is_an_error()
    {
        var fault = Assert.Throws<AuditException>(() => DetachedProcess.Start("/no/such/program", ["program"]));

        Assert.Equal("cannot start /no/such/program: No such file or directory", fault.Message);
    }

    [Fact]
    public void Process_table_shows_this_process_as_proc_does()
    {
        var host = new LinuxHost();
        RunningProcess self = Assert.Single(new ProcessTable(host.BootTime).List(), process => process.Pid == Environment.ProcessId);

        Assert.Equal(File.ReadAllText("/proc/self/comm").Trim(), self.Name);
        Assert.Equal(uint.Parse(File.ReadAllText("/proc/self/loginuid")), self.Auid);
        Assert.Equal(uint.Parse(File.ReadAllText("/proc/self/sessionid")), self.Session);
        Assert.Equal(host.Process.Uid, self.Uid);
        Assert.False(self.IsKernelThread);
        using Process process = Process.GetCurrentProcess();
        Assert.InRange((self.Started - process.StartTime.ToUniversalTime()).TotalSeconds, -1, 1);
    }

    [Fact]
    public void Name_with_blanks_and_parentheses_is_read_whole()
    {
        string root = Directory.CreateTempSubdirectory("akashi-proc-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "42"));
            File.WriteAllText(
                Path.Combine(root, "42", "stat"),
                "42 (a) R 9 (b) S 7 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 12345 1 1 1\n");
            var boot = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

            RunningProcess found = Assert.Single(new ProcessTable(root, boot).List());

            Assert.Equal("a) R 9 (b", found.Name);
            Assert.Equal(7, found.ParentPid);
            Assert.Equal(ProcessIdentity.Unset, found.Auid);
            Assert.Equal(boot.AddSeconds(123.45), found.Started);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
