using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>The append-only flag of chattr(1): the file only grows, keeps its name, and stays. Needs CAP_LINUX_IMMUTABLE, and a file system that has it.</summary>
public static unsafe class AppendOnlyFlag
{
    /// <summary>Sets or clears it. Nothing is to be cleared where the file system has none.</summary>
    /// <returns>Null, or why it isn't as wanted.</returns>
    public static string? TryChange(SafeFileHandle file, bool isSet)
    {
        using var held = new HeldDescriptor(file);
        int flags;
        if (ioctl(held.Value, FS_IOC_GETFLAGS, &flags) != 0)
            return !isSet && Errno is (ENOTTY or EOPNOTSUPP) ? null : ErrorText.Of(Errno);
        if ((flags & FS_APPEND_FL) != 0 == isSet)
            return null;
        flags = isSet ? flags | FS_APPEND_FL : flags & ~FS_APPEND_FL;
        return ioctl(held.Value, FS_IOC_SETFLAGS, &flags) == 0 ? null : ErrorText.Of(Errno);
    }

    /// <summary>Sets or clears it by name, not through a link.</summary>
    /// <returns>False where it isn't as wanted now, or no such file is there.</returns>
    public static bool TrySet(string path, bool isSet)
    {
        int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK, 0);
        if (descriptor < 0)
            return false;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return TryChange(handle, isSet) is null;
    }
}
