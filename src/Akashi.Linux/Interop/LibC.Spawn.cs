using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>spawn.h, signal.h, sys/wait.h.</summary>
static unsafe partial class LibC
{
    internal const short POSIX_SPAWN_SETSIGDEF = 0x04;
    internal const short POSIX_SPAWN_SETSIGMASK = 0x08;
    internal const short POSIX_SPAWN_SETSID = 0x80;
    internal const int WNOHANG = 1;
    internal const int WUNTRACED = 2;
    internal const int SIG_BLOCK = 0;
    internal const int SIG_UNBLOCK = 1;
    internal const int SIGHUP = 1;
    internal const int SIGINT = 2;
    internal const int SIGKILL = 9;
    internal const int SIGCHLD = 17;
    internal const int SIGUSR1 = 10;
    internal const int SIGUSR2 = 12;
    internal const int SIGTERM = 15;
    internal const int SIGCONT = 18;
    internal const int SIGSTOP = 19;
    internal const int SIGXFSZ = 25;
    internal const int SIGWINCH = 28;

    /// <summary>SIG_IGN: a handler that is none.</summary>
    internal static nint SIG_IGN => 1;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint signal(int number, nint handler);

    /// <summary>Opaque; filled by posix_spawnattr_init.</summary>
    internal struct posix_spawnattr_t
    {
        fixed ulong _opaque[42];
    }

    /// <summary>Opaque; filled by posix_spawn_file_actions_init.</summary>
    internal struct posix_spawn_file_actions_t
    {
        fixed ulong _opaque[10];
    }

    /// <summary>Opaque; filled by sigemptyset and sigfillset.</summary>
    internal struct sigset_t
    {
        fixed ulong _opaque[16];
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn(
        int* pid, string path, posix_spawn_file_actions_t* actions, posix_spawnattr_t* attributes, byte** argv, byte** envp);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawnp(
        int* pid, string path, posix_spawn_file_actions_t* actions, posix_spawnattr_t* attributes, byte** argv, byte** envp);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_init(posix_spawnattr_t* attributes);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_destroy(posix_spawnattr_t* attributes);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setflags(posix_spawnattr_t* attributes, short flags);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigdefault(posix_spawnattr_t* attributes, sigset_t* signals);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigmask(posix_spawnattr_t* attributes, sigset_t* signals);

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_init(posix_spawn_file_actions_t* actions);

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t* actions);

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t* actions, int fd, int newFd);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int posix_spawn_file_actions_addopen(
        posix_spawn_file_actions_t* actions, int fd, string path, int flags, uint mode);

    /// <summary>Since glibc 2.34; bound when it's first called.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t* actions, int from);

    [LibraryImport(Library)]
    internal static partial int sigemptyset(sigset_t* set);

    [LibraryImport(Library)]
    internal static partial int sigfillset(sigset_t* set);

    [LibraryImport(Library)]
    internal static partial int sigaddset(sigset_t* set, int signal);

    [LibraryImport(Library)]
    internal static partial int pthread_sigmask(int how, sigset_t* set, sigset_t* former);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int waitpid(int pid, int* status, int options);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int kill(int pid, int signal);
}
