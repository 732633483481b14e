using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>One program's connection to a <see cref="UnixListener"/>; written to by one thread.</summary>
public sealed unsafe class UnixConnection : IDisposable
{
    readonly SafeFileHandle _handle;
    readonly int _descriptor;

    internal UnixConnection(int descriptor)
    {
        _descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Writes all of it; waits as long as the other side doesn't read.</summary>
    /// <returns>False where the other side is gone, or <see cref="Close"/> was called.</returns>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            int written = 0;
            while (written < bytes.Length)
            {
                nint count = sendto(_descriptor, start + written, (nuint)(bytes.Length - written), MSG_NOSIGNAL, null, 0);
                if (count >= 0)
                    written += (int)count;
                else if (Errno != EINTR)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Ends a write that waits, from another thread; what was written can still be read.</summary>
    public void Close()
    {
        bool isHeld = false;
        try
        {
            _handle.DangerousAddRef(ref isHeld);
            _ = shutdown(_descriptor, SHUT_RDWR);
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
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
