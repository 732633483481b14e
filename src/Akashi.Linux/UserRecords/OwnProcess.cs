using System.Text;
using Akashi.Linux.Interop;
using Akashi.Linux.Processes;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.UserRecords;

/// <summary>What a program finds out of itself before it sends a user-space record: bytes into the caller's buffer, nothing allocated.</summary>
/// <remarks>Each returns the bytes written, 0 where it can't be found out. Asked anew each time: a forked child is another process, and a terminal may go.</remarks>
static unsafe class OwnProcess
{
    /// <summary>What PATH_MAX and a host name take at most.</summary>
    internal const int TextLengthMax = 4096;

    /// <summary>The path of the program, /proc/self/exe.</summary>
    internal static int FindExecutable(Span<byte> destination)
    {
        fixed (byte* name = "/proc/self/exe\0"u8, start = destination)
        {
            nint length = PlainLibC.readlink(name, start, (nuint)destination.Length);
            return length < 0 ? 0 : (int)length;
        }
    }

    /// <summary>The name of the command, /proc/self/comm: 15 bytes at most.</summary>
    internal static int FindCommand(Span<byte> destination) => ReadFile("/proc/self/comm\0"u8, destination);

    /// <summary>The terminal of standard input, without <c>/dev/</c>.</summary>
    internal static int FindTerminal(Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            if (PlainLibC.ttyname_r(0, start, (nuint)destination.Length) != 0)
                return 0;
        }

        return WithoutDevices(destination);
    }

    /// <summary>The machine's name, gethostname(2).</summary>
    internal static int FindHostName(Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            if (PlainLibC.gethostname(start, (nuint)destination.Length) != 0)
                return 0;
        }

        return ((ReadOnlySpan<byte>)destination).SliceToNul().Length;
    }

    /// <summary>The working directory.</summary>
    internal static int FindDirectory(Span<byte> destination)
    {
        fixed (byte* start = destination)
            return PlainLibC.getcwd(start, (nuint)destination.Length) == null ? 0 : ((ReadOnlySpan<byte>)destination).SliceToNul().Length;
    }

    /// <summary>The first address of a host in digits; may take as long as the resolver likes, which allocates in C.</summary>
    /// <param name="host">Its name with a NUL at its end.</param>
    /// <param name="destination">Where to; 1025 bytes suffice.</param>
    internal static int FindAddress(ReadOnlySpan<byte> host, Span<byte> destination)
    {
        var hints = new addrinfo { ai_flags = AI_ADDRCONFIG, ai_socktype = SOCK_STREAM };
        addrinfo* found;
        fixed (byte* name = host, start = destination)
        {
            if (PlainLibC.getaddrinfo(name, null, &hints, &found) != 0)
                return 0;
            int error = getnameinfo(found->ai_addr, found->ai_addrlen, start, (uint)destination.Length, null, 0, NI_NUMERICHOST);
            freeaddrinfo(found);
            return error == 0 ? ((ReadOnlySpan<byte>)destination).SliceToNul().Length : 0;
        }
    }

    /// <summary>Whether a terminal is one of this machine's own, so that the person is at this host: tty… and pts….</summary>
    internal static bool IsLocalTerminal(ReadOnlySpan<byte> terminal)
        => terminal.StartsWith("tty"u8) || terminal.StartsWith("pts"u8) || terminal.StartsWith("/dev/tty"u8);

    /// <summary>Reads a small file of /proc without its line feed.</summary>
    internal static int ReadFile(ReadOnlySpan<byte> path, Span<byte> destination)
    {
        fixed (byte* name = path, start = destination)
        {
            int descriptor = PlainLibC.open(name, O_RDONLY | O_CLOEXEC, 0);
            if (descriptor < 0)
                return 0;
            nint length = PlainLibC.read(descriptor, start, (nuint)destination.Length);
            int errno = PlainLibC.Errno;
            _ = PlainLibC.close(descriptor);
            PlainLibC.Errno = errno;
            return length <= 0 ? 0 : ((ReadOnlySpan<byte>)destination[..(int)length]).TrimEnd((byte)'\n').Length;
        }
    }

    static int WithoutDevices(Span<byte> name)
    {
        int length = ((ReadOnlySpan<byte>)name).SliceToNul().Length;
        ReadOnlySpan<byte> devices = "/dev/"u8;
        if (!name[..length].StartsWith(devices))
            return length;
        name[devices.Length..length].CopyTo(name);
        return length - devices.Length;
    }
}
