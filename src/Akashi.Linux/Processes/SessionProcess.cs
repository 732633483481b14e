using System.Text;
using Akashi.Linux.Terminals;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>Starts a program as the leader of a session of its own on a pseudo terminal.</summary>
/// <remarks>posix_spawn(3) makes the session before it opens the terminal, whose first opener it is: so that becomes its controlling terminal.</remarks>
static unsafe class SessionProcess
{
    /// <summary>Starts it; where there is none at the path, as SHELL may say "sh", what has its name in PATH.</summary>
    /// <remarks>It has every signal's default and the environment this process was started with, byte for byte.</remarks>
    /// <returns>The number of the child; minus the error number where it can't be started.</returns>
    internal static int Start(string path, IReadOnlyList<string> arguments, PseudoTerminal terminal)
    {
        using var argv = new NativeStrings(arguments);
        byte[] environment = File.ReadAllBytes("/proc/self/environ");
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        sigset_t none, all;
        _ = posix_spawn_file_actions_init(&actions);
        _ = posix_spawnattr_init(&attributes);
        _ = sigemptyset(&none);
        _ = sigfillset(&all);
        _ = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
        _ = posix_spawnattr_setsigmask(&attributes, &none);
        _ = posix_spawnattr_setsigdefault(&attributes, &all);
        _ = posix_spawn_file_actions_addopen(&actions, 0, terminal.Path, O_RDWR, 0);
        _ = posix_spawn_file_actions_adddup2(&actions, 0, 1);
        _ = posix_spawn_file_actions_adddup2(&actions, 0, 2);
        try
        {
            fixed (byte* start = environment)
            {
                byte*[] variables = Split(start, environment.Length);
                fixed (byte** envp = variables)
                {
                    int pid;
                    int errno = posix_spawn(&pid, path, &actions, &attributes, argv.Pointer, envp);
                    if (errno is ENOENT or EACCES)
                        errno = posix_spawnp(&pid, Path.GetFileName(path), &actions, &attributes, argv.Pointer, envp);
                    return errno == 0 ? pid : -errno;
                }
            }
        }
        finally
        {
            _ = posix_spawnattr_destroy(&attributes);
            _ = posix_spawn_file_actions_destroy(&actions);
        }
    }

    static byte*[] Split(byte* start, int length)
    {
        int count = new ReadOnlySpan<byte>(start, length).Count((byte)0);
        var variables = new byte*[count + 1];
        for (int index = 0, at = 0; index < count; index++)
        {
            variables[index] = start + at;
            at += new ReadOnlySpan<byte>(start + at, length - at).IndexOf((byte)0) + 1;
        }

        return variables;
    }
}
