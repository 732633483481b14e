using System.Globalization;
using System.Text;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;

namespace Akashi.Cli.Recorder;

/// <summary>A login without a terminal that copies files: the shell is our child, with the login's own streams, so that no byte passes through us.</summary>
/// <remarks>
/// The kernel adds what a process read and wrote to its parent's count when the parent takes its end: so the service finds the copy's bytes in ours. That is why we stay;
/// whatever else has no terminal becomes the shell by execve(2).
/// </remarks>
static class TransferSession
{
    static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(1);

    // To this process alone they mean nothing: what is sent to the group reaches the shell, whose end we wait for.
    static readonly Signal[] s_outlived = [Signal.Hangup, Signal.Interrupt, Signal.Quit, Signal.User1, Signal.User2, Signal.Terminate];

    /// <summary>Runs one that is announced to the service.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="socketPath">Where transfers are announced.</param>
    /// <param name="words">What the login starts.</param>
    /// <param name="fault">Why nobody takes the announcement; empty where somebody does.</param>
    /// <returns>The exit status; null where nobody takes the announcement, or the shell can't be started: nothing was.</returns>
    public static int? TryRun(Invocation invocation, string socketPath, LoginWords words, out string fault)
    {
        Span<byte> answer = stackalloc byte[64];
        using MessageSocket? connection = MessageSocket.TryConnect(socketPath, out int errno);
        fault = connection is null ? $"{socketPath}: {invocation.Host.DescribeError(errno)}" : "the recorder doesn't take it";
        if (connection is null || !connection.TrySend(TransferNotice.Announce(words.Command)) || !connection.Wait(s_answerTime)
            || connection.Receive(answer, out _, out _) != MessageOutcome.Message)
            return null;
        fault = "";
        int pid = LoginShell.StartBeside(words.Shell, words.Words);
        if (pid < 0)
            return null;
        LoginShell.LeaveStreams();
        foreach (Signal signal in s_outlived)
            invocation.Signals.Ignore(signal);
        int status = LoginShellTool.AwaitEnd(pid);
        string said = (status < 0 ? 128 - status : status).ToString(CultureInfo.InvariantCulture);
        if (connection.TrySend(Encoding.ASCII.GetBytes(TransferNotice.Ends + said)))
            connection.Wait(s_answerTime);
        if (status < 0)
            LoginShell.EndBy(-status);
        return status < 0 ? 128 - status : status;
    }
}
