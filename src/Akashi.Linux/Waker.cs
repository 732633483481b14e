using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux;

/// <summary>Ends a wait from another thread: an eventfd(2).</summary>
sealed unsafe class Waker : IDisposable
{
    readonly SafeFileHandle _handle;

    internal Waker()
    {
        Descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (Descriptor < 0)
            throw new AuditException("cannot make an eventfd: " + ErrorText.Of(Errno));
        _handle = new SafeFileHandle(Descriptor, ownsHandle: true);
    }

    /// <summary>The file descriptor, valid until Dispose.</summary>
    internal int Descriptor { get; }

    /// <summary>Ends the wait that is going on, or the next. From any thread, also while Dispose runs on another.</summary>
    internal void Set()
    {
        bool isHeld = false;
        try
        {
            _handle.DangerousAddRef(ref isHeld);
            ulong one = 1;
            _ = write(Descriptor, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
        finally
        {
            if (isHeld)
                _handle.DangerousRelease();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
