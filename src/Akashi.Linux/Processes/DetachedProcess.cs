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
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        Check(posix_spawn_file_actions_init(&actions), path);
        Check(posix_spawnattr_init(&attributes), path);
        try
        {
            Detach(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
            Silence(&actions, keepsStandardError);
            if (given is not null)
                return SpawnWith(given, path, &actions, &attributes, argv, envp);
            CloseFrom(&actions, GivenDescriptor);
            return Spawn(path, &actions, &attributes, argv, envp);
        }
        finally
        {
            _ = posix_spawnattr_destroy(&attributes);
            _ = posix_spawn_file_actions_destroy(&actions);
        }
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

    /// <summary>Starts a program that stays with us: our terminal, our session, our directory.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="argv">Its arguments, beginning with its name.</param>
    /// <param name="given">A handle that becomes descriptor 3 in the child.</param>
    internal static int StartAttached(string path, NativeStrings argv, SafeFileHandle given)
    {
        using var envp = new NativeStrings(Environment());
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        Check(posix_spawn_file_actions_init(&actions), path);
        Check(posix_spawnattr_init(&attributes), path);
        try
        {
            Detach(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
            return SpawnWith(given, path, &actions, &attributes, argv, envp);
        }
        finally
        {
            _ = posix_spawnattr_destroy(&attributes);
            _ = posix_spawn_file_actions_destroy(&actions);
        }
    }

    static void Detach(posix_spawnattr_t* attributes, int flags)
    {
        sigset_t none;
        sigset_t all;
        _ = sigemptyset(&none);
        _ = sigfillset(&all);
        _ = posix_spawnattr_setflags(attributes, (short)flags);
        _ = posix_spawnattr_setsigmask(attributes, &none);
        _ = posix_spawnattr_setsigdefault(attributes, &all);
    }

    static void Silence(posix_spawn_file_actions_t* actions, bool keepsStandardError)
    {
        for (int descriptor = 0; descriptor < (keepsStandardError ? 2 : 3); descriptor++)
            _ = posix_spawn_file_actions_addopen(actions, descriptor, "/dev/null", O_RDWR | O_NOCTTY, 0);
    }

    static void CloseFrom(posix_spawn_file_actions_t* actions, int descriptor)
    {
        try
        {
            _ = posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
        }
        catch (EntryPointNotFoundException)
        {
            // Before glibc 2.34. What we opened ourselves is close-on-exec all the same.
        }
    }

    static int SpawnWith(
        SafeFileHandle given, string path, posix_spawn_file_actions_t* actions, posix_spawnattr_t* attributes,
        NativeStrings argv, NativeStrings envp)
    {
        using var held = new HeldDescriptor(given);

        // Where it's 3 already, dup2 onto itself takes close-on-exec off it: glibc 2.29 and later.
        Check(posix_spawn_file_actions_adddup2(actions, held.Value, GivenDescriptor), path);
        CloseFrom(actions, GivenDescriptor + 1);
        return Spawn(path, actions, attributes, argv, envp);
    }

    static int Spawn(
        string path, posix_spawn_file_actions_t* actions, posix_spawnattr_t* attributes, NativeStrings argv, NativeStrings envp)
    {
        int pid;
        Check(posix_spawn(&pid, path, actions, attributes, argv.Pointer, envp.Pointer), path);
        return pid;
    }

    static List<string> Environment()
    {
        var all = new List<string>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            all.Add($"{variable.Key}={variable.Value}");
        return all;
    }

    static void Check(int errno, string path)
    {
        if (errno != 0)
            throw new AuditException($"cannot start {path}: {ErrorText.Of(errno)}");
    }
}
