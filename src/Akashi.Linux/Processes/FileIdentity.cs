using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>Which file it is, by whatever name: its device and inode.</summary>
/// <param name="Major">Of the device.</param>
/// <param name="Minor">Of the device.</param>
/// <param name="Inode">Its number.</param>
readonly record struct FileIdentity(uint Major, uint Minor, ulong Inode)
{
    // Not synchronised: whose file systems (FUSE) and servers these are isn't known, and none of them is to be waited for.
    const int AT_STATX_DONT_SYNC = 0x4000;

    /// <summary>Follows links, also those of /proc/PID/fd.</summary>
    /// <returns>Null where it's gone.</returns>
    internal static unsafe FileIdentity? Of(string path)
    {
        statx found;
        return statx_of(AT_FDCWD, path, AT_STATX_DONT_SYNC, STATX_INO, &found) == 0
            ? new FileIdentity(found.stx_dev_major, found.stx_dev_minor, found.stx_ino)
            : null;
    }
}
