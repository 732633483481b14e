using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit;

/// <summary>/etc/libaudit.conf: what a program is to do that can't audit. Nothing here allocates.</summary>
/// <remarks>Lines of <c>failure_action = ignore|log|terminate</c>, words parted by blanks; # begins a comment line; libaudit.conf(5).</remarks>
static unsafe class FailureAction
{
    const int Ignore = 0, Log = 1, Terminate = 2;
    const int FileLengthMax = 16 * 1024;

    /// <summary>0, and the action; 1 where the file can't be trusted (not root's, open to everybody, a link) or read.</summary>
    [UnmanagedCallersOnly(EntryPoint = "get_auditfail_action")]
    internal static int GetAuditfailAction(int* failmode)
    {
        if (failmode == null)
            return 1;
        *failmode = Ignore;
        int fd;
        fixed (byte* path = "/etc/libaudit.conf\0"u8)
            fd = PlainLibC.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0);
        if (fd < 0)
            return PlainLibC.Errno == ENOENT ? 0 : 1;
        int result = IsTrusted(fd) ? Read(fd, failmode) : 1;
        _ = PlainLibC.close(fd);
        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int Read(int fd, int* failmode)
    {
        byte* start = stackalloc byte[FileLengthMax];
        int length = 0;
        nint more;
        while (length < FileLengthMax && (more = PlainLibC.read(fd, start + length, (nuint)(FileLengthMax - length))) != 0)
        {
            if (more < 0)
                return 1;
            length += (int)more;
        }

        var text = new ReadOnlySpan<byte>(start, length);
        foreach (Range range in text.Split((byte)'\n'))
        {
            if (!TryTake(text[range], failmode))
            {
                *failmode = Ignore;
                return 1;
            }
        }

        return 0;
    }

    // What follows the value isn't looked at.
    static bool TryTake(ReadOnlySpan<byte> line, int* failmode)
    {
        ReadOnlySpan<byte> keyword = Word(ref line);
        if (keyword.IsEmpty || keyword[0] == '#')
            return true;
        if (!Ascii.EqualsIgnoreCase(keyword, "failure_action"u8) || !Word(ref line).SequenceEqual("="u8))
            return false;
        ReadOnlySpan<byte> value = Word(ref line);
        int action = Ascii.EqualsIgnoreCase(value, "ignore"u8) ? Ignore
            : Ascii.EqualsIgnoreCase(value, "log"u8) ? Log
            : Ascii.EqualsIgnoreCase(value, "terminate"u8) ? Terminate : -1;
        if (action < 0)
            return false;
        *failmode = action;
        return true;
    }

    static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart((byte)' ');
        int end = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static bool IsTrusted(int fd)
    {
        const uint Needed = STATX_TYPE | STATX_MODE | STATX_UID;
        const int WritableByOthers = 0x2;
        statx status;
        fixed (byte* none = "\0"u8)
        {
            if (PlainLibC.statx(fd, none, AT_EMPTY_PATH, Needed, &status) != 0)
                return false;
        }

        return status.stx_uid == 0 && (status.stx_mode & WritableByOthers) == 0 && (status.stx_mode & S_IFMT) == S_IFREG;
    }
}
