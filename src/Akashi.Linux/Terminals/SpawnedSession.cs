using Akashi.Linux.Processes;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>A session whose first program is our child.</summary>
sealed unsafe class SpawnedSession : RelayedSession
{
    readonly ProcessHandle _child;
    readonly Action _stopping;

    SpawnedSession(ProcessHandle child, Action stopping) => (_child, _stopping) = (child, stopping);

    internal override int Descriptor => _child.Descriptor;

    /// <summary>Takes hold of the child.</summary>
    /// <param name="pid">Its number.</param>
    /// <param name="stopping">Called before we stop because it was stopped.</param>
    /// <returns>Null where it's gone already.</returns>
    internal static SpawnedSession? Open(int pid, Action stopping) =>
        ProcessHandle.Open(pid) is { } child ? new SpawnedSession(child, stopping) : null;

    internal override bool TryTakeEnd(out int exitCode)
    {
        const int Stopped = 0x7F;
        int status;
        exitCode = 0;
        if (waitpid(_child.Pid, &status, WNOHANG | WUNTRACED) != _child.Pid)
            return false;
        if ((status & 0xFF) == Stopped)
        {
            // The session's shell was stopped: so are we, once all it showed is through; and when we go on, so does it.
            _stopping();
            _ = kill(Environment.ProcessId, SIGSTOP);
            _ = kill(_child.Pid, SIGCONT);
            return false;
        }

        int signal = status & Stopped;
        exitCode = signal == 0 ? (status >> 8) & 0xFF : 128 + signal;
        return true;
    }

    /// <summary>Asks, and after two seconds makes it.</summary>
    internal override void End()
    {
        _child.TrySend(Host.Signal.Terminate);
        if (!_child.WaitForEnd(TimeSpan.FromSeconds(2)))
            _child.Kill();
    }

    protected override void Dispose(bool disposing) => _child.Dispose();
}
