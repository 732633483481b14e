using System.Text;
using Akashi.Linux.Processes;

namespace Akashi.Linux.Tests.Processes;

public class LoginShellTests
{
    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -TERM $$", -15)]
    public void The_end_of_a_shell_is_told(string script, int status)
    {
        int pid = LoginShell.StartBeside("/bin/sh", [.. new[] { "sh", "-c", script }.Select(Encoding.ASCII.GetBytes)]);

        Assert.Equal(status, LoginShell.WaitForEnd(pid));
    }

    // As where who started us ignores SIGCHLD: it's no success.
    [Fact]
    public void An_end_that_the_kernel_does_not_tell_is_none() => Assert.Null(LoginShell.WaitForEnd(Environment.ProcessId));
}
