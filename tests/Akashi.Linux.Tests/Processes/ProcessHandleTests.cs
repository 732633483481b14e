using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Linux.Tests.Processes;

public sealed class ProcessHandleTests
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    // Its descriptor's number is another's by then.
    [Fact]
    public void A_signal_by_a_handle_that_was_let_go_reaches_nobody()
    {
        int pid = DetachedProcess.StartReader("/bin/sleep", ["sleep", "600"], [], null, keepsOutput: false);
        ProcessHandle former = ProcessHandle.Open(pid)!;
        former.Dispose();
        using ProcessHandle child = ProcessHandle.Open(pid)!;

        Assert.Equal("No such process", former.TrySend(Signal.Terminate));
        former.Kill();
        Assert.Null(child.TrySend(Signal.Continue));
        Assert.False(DetachedProcess.TryReap(pid, out _));

        child.Kill();
        Assert.True(child.WaitForEnd(s_limit));
        Assert.True(DetachedProcess.TryReap(pid, out _));
    }
}
