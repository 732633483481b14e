using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit;

/// <summary>Who the process is to the kernel's audit, and what it may do there. Buffers: see <see cref="Logging"/>.</summary>
static unsafe class Identity
{
    const uint Unset = uint.MaxValue;

    // _LINUX_CAPABILITY_VERSION_3: two structs of three words, effective first.
    const uint CapabilityVersion = 0x20080522;

    [UnmanagedCallersOnly(EntryPoint = "audit_getloginuid")]
    internal static uint GetLoginuid() => ReadNumber("/proc/self/loginuid\0"u8, out uint auid) ? auid : Unset;

    /// <summary>The session; -2 where it can't be found out, and errno says why.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_get_session")]
    internal static uint GetSession() => ReadNumber("/proc/self/sessionid\0"u8, out uint session) ? session : unchecked((uint)-2);

    /// <summary>0 where it was set, else 1, and errno says why.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_setloginuid")]
    internal static int SetLoginuid(uint uid) => WriteLoginuid(uid);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int WriteLoginuid(uint uid)
    {
        Span<byte> text = stackalloc byte[16];
        Utf8Formatter.TryFormat(uid, text, out int length);
        fixed (byte* path = "/proc/self/loginuid\0"u8, start = text)
        {
            int fd = PlainLibC.open(path, O_WRONLY | O_NOFOLLOW | O_TRUNC | O_CLOEXEC, 0);
            if (fd < 0)
                return 1;
            nint written;
            do
            {
                written = PlainLibC.write(fd, start, (nuint)length);
            }
            while (written < 0 && PlainLibC.Errno == EINTR);
            int errno = PlainLibC.Errno;
            _ = PlainLibC.close(fd);
            PlainLibC.Errno = errno;
            return written == length ? 0 : 1;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_can_control")]
    internal static int CanControl() => HasCapability(CAP_AUDIT_CONTROL);

    [UnmanagedCallersOnly(EntryPoint = "audit_can_write")]
    internal static int CanWrite() => HasCapability(CAP_AUDIT_WRITE);

    [UnmanagedCallersOnly(EntryPoint = "audit_can_read")]
    internal static int CanRead() => HasCapability(CAP_AUDIT_READ);

    /// <summary>Reads a file of /proc that holds one number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool ReadNumber(ReadOnlySpan<byte> path, out uint number)
    {
        number = 0;
        Span<byte> buffer = stackalloc byte[32];
        fixed (byte* name = path, start = buffer)
        {
            int fd = PlainLibC.open(name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0);
            if (fd < 0)
                return false;
            nint length = PlainLibC.read(fd, start, (nuint)buffer.Length);
            int errno = PlainLibC.Errno;
            _ = PlainLibC.close(fd);
            PlainLibC.Errno = length < 0 ? errno : 0;
            return length > 0 && Utf8Parser.TryParse(buffer[..(int)length], out number, out _);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int HasCapability(int capability)
    {
        uint* header = stackalloc uint[2];
        uint* sets = stackalloc uint[6];
        header[0] = CapabilityVersion;
        header[1] = 0;
        if (PlainLibC.capget(header, sets) != 0)
            return 0;
        return (sets[3 * (capability / 32)] >> (capability % 32) & 1) != 0 ? 1 : 0;
    }
}
