using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>Opens a file for writing where its directory may be somebody else's.</summary>
/// <remarks>
/// Whoever may write to the directory can exchange what a name stands for between any two looks at it. So the name is used once, and all else is asked of the descriptor.
/// Where nobody gave the name, or where root is in a directory that others write to, links of both kinds are refused, and whatever isn't a plain file.
/// </remarks>
static unsafe class GuardedOpening
{
    const int WritableByOthers = 0x12 /* -w--w- of group and others */;

    /// <summary>Opens it, never waiting: a pipe that nobody reads is refused.</summary>
    /// <param name="path">The file.</param>
    /// <param name="flags">Of open(2); what the file holds stays (no O_TRUNC).</param>
    /// <param name="mode">Of a file that is made.</param>
    /// <param name="isNamed">Whether somebody gave the name.</param>
    /// <param name="reason">Why it can't be opened, or is none to write to; else null.</param>
    /// <returns>The descriptor, blocking; -1 where there is a reason.</returns>
    internal static int Open(string path, int flags, uint mode, bool isNamed, out string? reason)
    {
        int slash = path.LastIndexOf('/');
        int directory = open(slash < 0 ? "." : path[..(slash + 1)], O_PATH | O_CLOEXEC, 0);
        if (directory < 0)
        {
            reason = ErrorText.Of(Errno);
            return -1;
        }

        bool isGuarded = !isNamed || (geteuid() == 0 && !IsOnlyRoots(directory));
        string name = path[(slash + 1)..];
        int descriptor = openat(directory, name.Length > 0 ? name : ".", flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (isGuarded ? O_NOFOLLOW : 0), mode);
        int errno = Errno;
        close(directory);
        reason = descriptor < 0 ? WhyNotOpened(errno, isGuarded) : WhyUnfit(descriptor, isGuarded);
        if (descriptor < 0)
            return -1;
        if (reason is not null)
        {
            close(descriptor);
            return -1;
        }

        // The open mustn't wait; the writes may.
        _ = fcntl(descriptor, F_SETFL, flags & O_APPEND);
        return descriptor;
    }

    /// <summary>What an open file is, and how long.</summary>
    internal static (int Kind, long Length) Look(int descriptor)
    {
        statx found = Ask(descriptor);
        return (found.stx_mode & S_IFMT, (long)found.stx_size);
    }

    static string WhyNotOpened(int errno, bool isGuarded) => errno switch
    {
        ELOOP when isGuarded => "it is a link",
        ENXIO => "it is a pipe or socket that nobody reads, not a file",
        _ => ErrorText.Of(errno),
    };

    static string? WhyUnfit(int descriptor, bool isGuarded)
    {
        if (!isGuarded)
            return null;
        statx found = Ask(descriptor);
        return (found.stx_mode & S_IFMT) != S_IFREG ? "it is not a file"
            : found.stx_nlink > 1 ? "it is a link: the file has another name too"
            : null;
    }

    static bool IsOnlyRoots(int directory)
    {
        statx found = Ask(directory);
        return found.stx_uid == 0 && (found.stx_mode & WritableByOthers) == 0;
    }

    static statx Ask(int descriptor)
    {
        statx found;
        return statx_of(descriptor, "", AT_EMPTY_PATH, STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_UID | STATX_SIZE, &found) == 0
            ? found
            : throw new AuditException("cannot look at an open file: " + ErrorText.Of(Errno));
    }
}
