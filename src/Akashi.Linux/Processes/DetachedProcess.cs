using System.Collections;
using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>Starts programs that outlive this one: in a session of their own, off the terminal, with default signals.</summary>
/// <remarks>
/// By posix_spawn(3), since fork(2) may hang in a program whose collector stops threads. .NET ignores SIGPIPE, which
/// children would inherit; hence the defaults. Descriptors that this process was itself started with, and never
/// opened, end here too.
/// </remarks>
public static unsafe class DetachedProcess
{
    /// <summary>The descriptor under which the child finds the handle it's given.</summary>
    public const int GivenDescriptor = 3;

    /// <summary>Starts a program.</summary>
    /// <param name="path">The program's file; PATH is not searched.</param>
    /// <param name="arguments">Its arguments, beginning with its name (argv[0]).</param>
    /// <param name="given">A handle that becomes descriptor 3 in the child; null for none.</param>
    /// <param name="keepsStandardError">Whether standard error stays ours; else it is /dev/null, as 0 and 1 are.</param>
    /// <returns>The number of the child, which stays a zombie from its end until <see cref="TryReap"/> or our own.</returns>
    /// <exception cref="AuditException">It can't be started.</exception>
    public static int Start(
        string path, IReadOnlyList<string> arguments, SafeFileHandle? given = null, bool keepsStandardError = false)
    {
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(Environment());
        using var spawn = new Spawn();
        for (int descriptor = 0; descriptor < (keepsStandardError ? 2 : 3); descriptor++)
            spawn.Silence(descriptor);
        return RunWith(given, spawn, path, argv, envp);
    }

    /// <summary>Starts a program with an environment of its own, which reads what it's given.</summary>
    /// <param name="path">The program's file; PATH is not searched.</param>
    /// <param name="arguments">Its arguments, beginning with its name (argv[0]).</param>
    /// <param name="environment">Its environment: <c>NAME=value</c>.</param>
    /// <param name="input">What becomes its standard input; null for /dev/null.</param>
    /// <param name="keepsOutput">Whether standard output and error stay ours; else they are /dev/null.</param>
    /// <returns>The number of the child.</returns>
    /// <exception cref="AuditException">It can't be started.</exception>
    public static int StartReader(
        string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, SafeFileHandle? input, bool keepsOutput)
    {
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(environment);
        using var spawn = new Spawn();
        for (int descriptor = 0; descriptor < (keepsOutput ? 1 : 3); descriptor++)
            spawn.Silence(descriptor);
        using HeldDescriptor held = input is null ? default : new HeldDescriptor(input);
        if (input is not null)
            spawn.Copy(held.Value, 0);
        spawn.CloseFrom(3);
        return Run(spawn, path, argv, envp);
    }

    /// <summary>Takes the end of a child that has ended, so that it doesn't stay a zombie.</summary>
    /// <param name="pid">What <see cref="Start"/> returned.</param>
    /// <param name="exitCode">Its exit code; 128 and the signal where a signal ended it; 0 where false is returned.</param>
    /// <returns>False where it still runs, or is no child of ours.</returns>
    public static bool TryReap(int pid, out int exitCode)
    {
        int status;
        exitCode = 0;
        if (waitpid(pid, &status, WNOHANG) != pid)
            return false;
        int signal = status & 0x7F;
        exitCode = signal == 0 ? (status >> 8) & 0xFF : 128 + signal;
        return true;
    }

    /// <summary>Waits for the end of a child and takes it; needs no descriptor.</summary>
    /// <param name="pid">What <see cref="Start"/> returned; returns at once where it's no child of ours any more.</param>
    public static void AwaitEnd(int pid)
    {
        while (waitpid(pid, null, 0) < 0 && Errno == EINTR)
        {
        }
    }

    /// <summary>Ends a child without asking it, SIGKILL, and takes its end.</summary>
    /// <param name="pid">What <see cref="Start"/> returned, and nobody has reaped: so the number is still its own.</param>
    public static void Kill(int pid)
    {
        _ = kill(pid, SIGKILL);
        AwaitEnd(pid);
    }

    /// <summary>Starts a program that stays with us: our terminal, our session, our directory.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="argv">Its arguments, beginning with its name.</param>
    /// <param name="given">A handle that becomes descriptor 3 in the child.</param>
    internal static int StartAttached(string path, NativeStrings argv, SafeFileHandle given)
    {
        using var envp = new NativeStrings(Environment());
        using var spawn = new Spawn(ownSession: false);
        return RunWith(given, spawn, path, argv, envp);
    }

    static int RunWith(SafeFileHandle? given, Spawn spawn, string path, NativeStrings argv, NativeStrings envp)
    {
        using HeldDescriptor held = given is null ? default : new HeldDescriptor(given);
        if (given is not null)
            spawn.Copy(held.Value, GivenDescriptor);
        spawn.CloseFrom(given is null ? GivenDescriptor : GivenDescriptor + 1);
        return Run(spawn, path, argv, envp);
    }

    static int Run(Spawn spawn, string path, NativeStrings argv, NativeStrings envp)
    {
        int pid = spawn.Start(path, argv.Pointer, envp.Pointer);
        return pid > 0 ? pid : throw new AuditException($"cannot start {path}: {ErrorText.Of(-pid)}");
    }

    static List<string> Environment()
    {
        var all = new List<string>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            all.Add($"{variable.Key}={variable.Value}");
        return all;
    }
}
