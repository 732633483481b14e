using Microsoft.Win32.SafeHandles;

namespace Akashi.Linux.Files;

/// <summary>Keeps a handle's descriptor from being closed, and its number from being given away, during a call.</summary>
readonly ref struct HeldDescriptor
{
    readonly SafeFileHandle _handle;
    readonly bool _isHeld;

    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    internal HeldDescriptor(SafeFileHandle handle)
    {
        _handle = handle;
        handle.DangerousAddRef(ref _isHeld);
        Value = (int)handle.DangerousGetHandle();
    }

    /// <summary>The file descriptor.</summary>
    internal int Value { get; }

    /// <summary>Lets it go.</summary>
    public void Dispose()
    {
        if (_isHeld)
            _handle.DangerousRelease();
    }
}
