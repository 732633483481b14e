using System.Diagnostics;
using Akashi.Host;

namespace Akashi.Linux.Tests.Processes;

public class SendSignalTests
{
    [Fact]
    public void A_process_that_is_told_to_end_has_ended_afterwards()
    {
        using Process sleeper = Process.Start("sleep", "600");

        Assert.Null(new LinuxHost().SendSignal(sleeper.Id, Signal.Terminate, TimeSpan.FromMinutes(1)));
        sleeper.WaitForExit();
        Assert.Equal(128 + 15, sleeper.ExitCode);
        Assert.Equal("No such process", new LinuxHost().SendSignal(sleeper.Id, Signal.Terminate, default));
    }

    [Fact]
    public void A_process_that_does_not_end_in_time_is_told()
    {
        using Process sleeper = Process.Start("sleep", "600");
        try
        {
            Assert.Equal("it runs still after 0.01 s", new LinuxHost().SendSignal(sleeper.Id, Signal.Continue, TimeSpan.FromMilliseconds(10)));
        }
        finally
        {
            sleeper.Kill();
        }
    }
}
