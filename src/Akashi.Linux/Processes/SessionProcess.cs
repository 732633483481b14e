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
        using var spawn = new Spawn();
        spawn.OpenTerminal(terminal.Path);
        int pid = spawn.Start(path, argv.Pointer, OwnEnvironment.Pointer);
        return pid is -ENOENT or -EACCES ? spawn.Start(Path.GetFileName(path), argv.Pointer, OwnEnvironment.Pointer, searched: true) : pid;
    }
}
