using System.Collections;
using System.Diagnostics;
using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>This process becomes another program, execve(2): the same number, the same children, the descriptors that are kept.</summary>
/// <remarks>
/// Signals: what is blocked stays blocked over execve(2), and what was sent to the process meanwhile waits. So the signals are blocked before, and
/// let through by the new program once it has said what it does on each. The kernel ends all other threads within the call.
/// </remarks>
public static unsafe class ProgramChange
{
    static readonly int[] s_signals = [SIGHUP, SIGINT, SIGUSR1, SIGUSR2, SIGTERM, SIGCONT];

    /// <summary>Runs a program to its end.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Its arguments, beginning with its name.</param>
    /// <param name="timeout">How long it may take; it's killed then.</param>
    /// <returns>Null where it ended with 0; else what it did.</returns>
    public static string? Try(string path, IReadOnlyList<string> arguments, TimeSpan timeout)
    {
        int pid;
        try
        {
            pid = DetachedProcess.StartReader(path, arguments, Environment(null), input: null, keepsOutput: true);
        }
        catch (AuditException exception)
        {
            return exception.Message;
        }

        using ProcessHandle? process = ProcessHandle.Open(pid);
        bool hasEnded = process is null || process.WaitForEnd(timeout);
        if (!hasEnded)
        {
            process!.Kill();
            process.WaitForEnd(Timeout.InfiniteTimeSpan);
        }

        DetachedProcess.TryReap(pid, out int exitCode);
        if (!hasEnded)
            return $"does not end within {timeout.TotalSeconds} s";
        return exitCode == 0 ? null : $"exit code {exitCode}";
    }

    /// <summary>From now on the calling thread leaves the signals of a daemon alone; those that no other thread takes wait.</summary>
    public static void HoldSignals() => Mask(SIG_BLOCK);

    /// <summary>Takes them again, those that waited first.</summary>
    public static void LetSignalsThrough() => Mask(SIG_UNBLOCK);

    /// <summary>Becomes the program.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Its arguments, beginning with its name.</param>
    /// <param name="variable">A variable that its environment has beside ours: <c>NAME=value</c>.</param>
    /// <returns>Why it can't; where it can it doesn't return.</returns>
    public static string Become(string path, IReadOnlyList<string> arguments, string variable)
    {
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(Environment(variable));
        _ = execve(path, argv.Pointer, envp.Pointer);
        return $"cannot run {path}: {ErrorText.Of(Errno)}";
    }

    /// <summary>Takes the ends of children that the former program left.</summary>
    public static void ReapForeign()
    {
        int status;
        while (waitpid(-1, &status, WNOHANG) > 0)
        {
        }
    }

    static void Mask(int how)
    {
        sigset_t set;
        _ = sigemptyset(&set);
        foreach (int signal in s_signals)
            _ = sigaddset(&set, signal);
        int errno = pthread_sigmask(how, &set, null);
        Debug.Assert(errno == 0);
    }

    static List<string> Environment(string? variable)
    {
        List<string> all = variable is null ? [] : [variable];
        foreach (DictionaryEntry own in System.Environment.GetEnvironmentVariables())
            all.Add($"{own.Key}={own.Value}");
        return all;
    }
}
