using Akashi.Linux.Files;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>A recording's file, open for reading; never a link, and nothing but a plain file.</summary>
public sealed unsafe class StoredRecording : IDisposable
{
    StoredRecording(SafeFileHandle handle, RecordingFacts facts) => (Handle, Facts) = (handle, facts);

    /// <summary>The descriptor: read only. Whoever gets it can do nothing to the file but read it and hold its lock.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>What the file system says.</summary>
    public RecordingFacts Facts { get; }

    /// <summary>Opens one.</summary>
    /// <param name="path">The file; one that ends in <c>.zst</c> is packed.</param>
    /// <returns>Null where it's gone, is no plain file, or may not be opened.</returns>
    public static StoredRecording? TryOpen(string path)
    {
        int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK, 0);
        if (descriptor < 0)
            return null;
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        statx found;
        const uint Wanted = STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_UID | STATX_SIZE | STATX_MTIME | STATX_BTIME;
        if (statx_of(descriptor, "", AT_EMPTY_PATH, Wanted, &found) != 0 || (found.stx_mode & S_IFMT) != S_IFREG)
        {
            handle.Dispose();
            return null;
        }

        _ = fcntl(descriptor, F_SETFL, 0);
        bool isPacked = path.EndsWith(".zst", StringComparison.Ordinal);
        bool? isAppendOnly = (found.stx_attributes_mask & STATX_ATTR_APPEND) == 0 ? null : (found.stx_attributes & STATX_ATTR_APPEND) != 0;
        return new StoredRecording(handle, new RecordingFacts(
            (long)found.stx_size, isPacked && !IsOlderThanFile(found) ? null : found.stx_mtime.tv_sec, found.stx_uid, (UnixFileMode)(found.stx_mode & 0xFFF), found.stx_nlink, isAppendOnly,
            !isPacked && IsHeldBySomebody(descriptor, found), isPacked));
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    // Who packs a recording and keeps its time leaves a file that was written before it was there; else the time is that of packing.
    static bool IsOlderThanFile(in statx found) => (found.stx_mask & STATX_BTIME) != 0
        && (found.stx_mtime.tv_sec, found.stx_mtime.tv_nsec).CompareTo((found.stx_btime.tv_sec, found.stx_btime.tv_nsec)) < 0;

    // An empty one may be about to be locked: asking for the lock would be in its recorder's way.
    static bool IsHeldBySomebody(int descriptor, in statx found)
    {
        if (found.stx_size == 0)
            return false;
        if (flock(descriptor, LOCK_SH | LOCK_NB) != 0)
            return Errno == EAGAIN;
        _ = flock(descriptor, LOCK_UN);
        return false;
    }
}
