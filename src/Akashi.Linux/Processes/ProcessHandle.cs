using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>Holds on to one process, pidfd_open(2): unlike its number it's never given to another.</summary>
public sealed class ProcessHandle : IDisposable
{
    readonly SafeFileHandle _handle;
    readonly int _descriptor;

    ProcessHandle(int pid, int descriptor)
    {
        Pid = pid;
        _descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Its number.</summary>
    public int Pid { get; }

    /// <summary>Readable once it has ended, for poll(2); valid until Dispose.</summary>
    internal int Descriptor => _descriptor;

    /// <summary>Takes hold of a process.</summary>
    /// <returns>Null where there is none of that number.</returns>
    /// <exception cref="AuditException">No descriptor is left, or a kernel before 5.3.</exception>
    public static ProcessHandle? Open(int pid)
    {
        int descriptor = (int)syscall(SYS_pidfd_open, pid, 0);
        if (descriptor >= 0)
            return new ProcessHandle(pid, descriptor);
        int errno = Errno;
        return errno is ESRCH or EINVAL
            ? null
            : throw new AuditException($"cannot take hold of process {pid}: {ErrorText.Of(errno)}");
    }

    /// <summary>Sends it a signal, pidfd_send_signal(2).</summary>
    /// <returns>Null, or why it wasn't sent.</returns>
    /// <remarks>Any thread: whoever holds the process may let it go meanwhile.</remarks>
    public string? TrySend(Signal signal) => TrySend(Number(signal));

    /// <summary>Ends it without asking it, SIGKILL. Any thread, as <see cref="TrySend(Signal)"/>.</summary>
    public void Kill() => _ = TrySend(SIGKILL);

    unsafe string? TrySend(int signal)
    {
        try
        {
            using var held = new HeldDescriptor(_handle);
            return syscall(SYS_pidfd_send_signal, held.Value, signal, null, 0) == 0 ? null : ErrorText.Of(Errno);
        }
        catch (ObjectDisposedException)
        {
            return ErrorText.Of(ESRCH);
        }
    }

    static int Number(Signal signal) => signal switch
    {
        Signal.Hangup => SIGHUP,
        Signal.Interrupt => SIGINT,
        Signal.Terminate => SIGTERM,
        Signal.User1 => SIGUSR1,
        Signal.User2 => SIGUSR2,
        Signal.Continue => SIGCONT,
        Signal.WindowChange => SIGWINCH,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "no such signal"),
    };

    /// <summary>Waits until it has ended; a child that nobody reaped yet has.</summary>
    /// <returns>False where the time ran out.</returns>
    public bool WaitForEnd(TimeSpan timeout)
    {
        using var held = new HeldDescriptor(_handle);
        return Readiness.Wait(held.Value, -1, timeout);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
