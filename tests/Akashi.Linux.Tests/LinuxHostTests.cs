using Akashi.Host;
using Akashi.Linux.Terminals;

namespace Akashi.Linux.Tests;

public class LinuxHostTests
{
    readonly LinuxHost _host = new();

    [Fact]
    public void Names_are_those_of_uname()
    {
        Assert.Equal(ProgramOutput.Of("uname", ["-nmr"]), $"{_host.Name} {_host.KernelRelease} {_host.Machine}");
    }

    [Theory]
    [InlineData("auditd", "/usr/local/sbin/auditd", "")]
    [InlineData("auditd", "auditd", "")]
    [InlineData("akashi recorder", "/usr/local/lib/akashi/akashi", "akashi recorder: ")]
    [InlineData("auditd", "/opt/auditd/akashi", "auditd: ")]
    public void The_system_log_has_a_programs_name_once(string program, string calledBy, string prefix) => Assert.Equal(prefix, LinuxHost.LogPrefix(program, calledBy));

    [Fact]
    public void Boot_time_is_that_of_proc_stat()
    {
        string line = File.ReadLines("/proc/stat").First(line => line.StartsWith("btime "));

        Assert.InRange(_host.BootTime.ToUnixTimeMilliseconds() / 1000.0 - long.Parse(line[6..]), -1.5, 1.5);
    }

    [Fact]
    public void Process_is_this_one()
    {
        ProcessIdentity process = _host.Process;

        Assert.Equal((uint)Environment.ProcessId, process.Pid);
        Assert.Equal(ProgramOutput.Of("id", ["-ru"]), process.Uid.ToString());
        Assert.Equal(File.ReadAllText("/proc/self/loginuid"), process.Auid.ToString());
        Assert.Equal(File.ReadAllText("/proc/self/sessionid"), process.Session.ToString());
    }

    [Fact]
    public void Parts_are_made_once()
    {
        Assert.Same(_host.Accounts, _host.Accounts);
        Assert.Same(_host.LocalTime, _host.LocalTime);
        Assert.Same(_host.Files, _host.Files);
    }

    [Fact]
    public void Descriptor_that_is_closed_is_missing_and_no_terminal()
    {
        Assert.Equal(FileKind.Missing, StandardStreams.KindOf(9999));
        Assert.False(StandardStreams.TryGetSize(9999, out int columnCount, out int rowCount));
        Assert.Equal((0, 0), (columnCount, rowCount));
    }
}
