using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>A file that a program writes without having been given its name.</summary>
public static unsafe class DefaultFile
{
    /// <summary>Whether a path is a symbolic link, or a file that has other names, too.</summary>
    public static bool IsLink(string path)
    {
        statx found;
        return statx_of(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_TYPE | STATX_NLINK, &found) == 0
            && ((found.stx_mode & S_IFMT) == S_IFLNK || found.stx_nlink > 1);
    }
}
