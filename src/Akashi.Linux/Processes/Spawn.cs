using System.Runtime.InteropServices;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>How a child is to begin, posix_spawn(3): with every signal's default, none blocked, and the descriptors that it's given here in turn.</summary>
/// <remarks>fork(2) may hang in a program whose collector stops threads. What was given serves for one start; no handle is taken over.</remarks>
sealed unsafe class Spawn : IDisposable
{
    // The C library holds pointers to neither, but both must not move while it fills them.
    readonly posix_spawn_file_actions_t* _actions = (posix_spawn_file_actions_t*)NativeMemory.AllocZeroed((nuint)sizeof(posix_spawn_file_actions_t));
    readonly posix_spawnattr_t* _attributes = (posix_spawnattr_t*)NativeMemory.AllocZeroed((nuint)sizeof(posix_spawnattr_t));
    int _errno;

    /// <param name="ownSession">Whether the child leads a session of its own, without a terminal.</param>
    internal Spawn(bool ownSession = true)
    {
        Note(posix_spawn_file_actions_init(_actions));
        Note(posix_spawnattr_init(_attributes));
        sigset_t none, all;
        _ = sigemptyset(&none);
        _ = sigfillset(&all);
        Note(posix_spawnattr_setflags(_attributes, (short)((ownSession ? POSIX_SPAWN_SETSID : 0) | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)));
        Note(posix_spawnattr_setsigmask(_attributes, &none));
        Note(posix_spawnattr_setsigdefault(_attributes, &all));
    }

    /// <summary>The child's descriptor is /dev/null.</summary>
    internal void Silence(int descriptor) => Note(posix_spawn_file_actions_addopen(_actions, descriptor, "/dev/null", O_RDWR | O_NOCTTY, 0));

    /// <summary>The child's 0, 1 and 2 are a terminal, which becomes that of its session if it's nobody's.</summary>
    internal void OpenTerminal(string path)
    {
        Note(posix_spawn_file_actions_addopen(_actions, 0, path, O_RDWR, 0));
        Copy(0, 1);
        Copy(0, 2);
    }

    /// <summary>The child's descriptor is a copy of one of ours; not close-on-exec even where it's the same number (glibc 2.29 and later).</summary>
    internal void Copy(int from, int to) => Note(posix_spawn_file_actions_adddup2(_actions, from, to));

    /// <summary>The child has none from here on. Before glibc 2.34 it keeps what we were started with; what we opened is close-on-exec.</summary>
    internal void CloseFrom(int descriptor)
    {
        try
        {
            Note(posix_spawn_file_actions_addclosefrom_np(_actions, descriptor));
        }
        catch (EntryPointNotFoundException)
        {
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="path">The program's file; where <paramref name="searched"/>, a name looked for in PATH.</param>
    /// <param name="argv">Its arguments, beginning with its name.</param>
    /// <param name="envp">Its environment.</param>
    /// <param name="searched">See <paramref name="path"/>.</param>
    /// <returns>The number of the child; minus the error number where it can't be started.</returns>
    internal int Start(string path, byte** argv, byte** envp, bool searched = false)
    {
        if (_errno != 0)
            return -_errno;
        int pid;
        int errno = searched
            ? posix_spawnp(&pid, path, _actions, _attributes, argv, envp)
            : posix_spawn(&pid, path, _actions, _attributes, argv, envp);
        return errno == 0 ? pid : -errno;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = posix_spawnattr_destroy(_attributes);
        _ = posix_spawn_file_actions_destroy(_actions);
        NativeMemory.Free(_attributes);
        NativeMemory.Free(_actions);
    }

    // The first error is the start's.
    void Note(int errno)
    {
        if (_errno == 0)
            _errno = errno;
    }
}
