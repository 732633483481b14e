using Akashi.Cli.Trace;
using Akashi.Host;

namespace Akashi.Cli.Tests.Trace;

/// <summary><c>akashi trace</c> where nothing is traced: the programs, the kernel and the words that it refuses.</summary>
public sealed class TraceToolTests
{
    readonly ToolRun _trace = new("trace", TraceTool.Tool.Run);

    [Theory]
    [InlineData(2, "akashi trace: no program is named\nhint: akashi trace PROGRAM [ARGUMENT...]\n")]
    [InlineData(2, "akashi trace: no program is named\nhint: akashi trace PROGRAM [ARGUMENT...]\n", "-r")]
    [InlineData(2, "akashi trace: unrecognized option '--nothing'\nhint: akashi trace --help lists the options\n", "--nothing", "true")]
    [InlineData(127, "akashi trace: cannot find /no/such: No such file or directory\n", "/no/such", "--nothing")]
    [InlineData(127, "akashi trace: cannot find no-such-program: No such file or directory\n", "no-such-program")]
    [InlineData(126, "akashi trace: cannot run /etc/passwd: Permission denied\n", "/etc/passwd")]
    [InlineData(126, "akashi trace: cannot run /tmp: Is a directory\n", "/tmp")]
    public void What_can_not_be_run_is_told(int exitCode, string error, params string[] words)
    {
        Assert.Equal((exitCode, error, ""), (_trace.Run(words), _trace.Error, _trace.Output));
        Assert.Empty(_trace.Host.Kernel.Requests);
    }

    [Fact]
    public void Without_the_right_nothing_is_run()
    {
        _trace.Host.OpenFailure = new KernelRequestException("open the kernel's audit", 1, 0, "Operation not permitted");

        Assert.Equal(125, _trace.Run("/bin/true"));
        Assert.Equal("akashi trace: cannot open the kernel's audit: Operation not permitted\n", _trace.Error);
    }

    [Theory]
    [InlineData(2u, 0u, "the rules are locked until the next boot (enabled 2): none can be added")]
    [InlineData(0u, 1u, "(process 1) owns the kernel's audit and has it switched off (auditctl -e 1 switches it on)")]
    public void Where_no_rule_can_be_added_or_none_would_fire_nothing_is_run(uint enabled, uint pid, string why)
    {
        _trace.Host.Kernel.Status = _trace.Host.Kernel.Status with { Enabled = enabled, Pid = pid };

        Assert.Equal(125, _trace.Run("/bin/true"));
        Assert.EndsWith(why + "\n", _trace.Error);
        Assert.Equal(0, _trace.Host.Kernel.Changes);
    }

    [Fact]
    public void Help_says_how()
    {
        Assert.Equal(0, _trace.Run("--help"));
        Assert.StartsWith("akashi trace - run a program and show what it does\n\nUsage:\n  akashi trace [OPTION...] PROGRAM [ARGUMENT...]\n", _trace.Output);
    }
}
