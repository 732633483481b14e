using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>A pipe, pipe2(2); neither end is inherited unless it's given to a child by name.</summary>
/// <remarks>Its read end reports the end of file when every write end is closed: so a child sees that its parent is
/// gone, however it died.</remarks>
public sealed unsafe class Pipe : IDisposable
{
    Pipe(int reader, int writer)
    {
        Reader = new SafeFileHandle(reader, ownsHandle: true);
        Writer = new SafeFileHandle(writer, ownsHandle: true);
    }

    /// <summary>The end to read from.</summary>
    public SafeFileHandle Reader { get; }

    /// <summary>The end to write to.</summary>
    public SafeFileHandle Writer { get; }

    /// <summary>Makes one.</summary>
    /// <exception cref="AuditException">No descriptor is left.</exception>
    public static Pipe Open()
    {
        int* ends = stackalloc int[2];
        return pipe2(ends, O_CLOEXEC) == 0
            ? new Pipe(ends[0], ends[1])
            : throw new AuditException("cannot make a pipe: " + ErrorText.Of(Errno));
    }

    /// <summary>Makes a pair of stream sockets, socketpair(2), which programs that expect one on standard input get; used one way.</summary>
    /// <exception cref="AuditException">No descriptor is left.</exception>
    public static Pipe OpenSockets()
    {
        int* ends = stackalloc int[2];
        return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0
            ? new Pipe(ends[0], ends[1])
            : throw new AuditException("cannot make a pair of sockets: " + ErrorText.Of(Errno));
    }

    /// <summary>Closes both ends.</summary>
    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }
}
