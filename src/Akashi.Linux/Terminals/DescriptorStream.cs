using Akashi.Output;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>One of the three descriptors that a program begins with, by read(2) and write(2).</summary>
/// <remarks>
/// The console's own streams prepare a terminal first (a thread, signal handlers, 1 ms); a file stream writes at an offset of its own, which
/// overwrites what others append to the same output. Never closed: the descriptor belongs to the process. One that was closed when the program began is at its end
/// and takes nothing: by now it may be a file of the runtime's own.
/// </remarks>
/// <param name="descriptor">0, 1 or 2.</param>
public sealed unsafe class DescriptorStream(int descriptor) : OneWayStream
{
    readonly bool _isOurs = StandardStreams.WasHandedOver(descriptor);

    /// <inheritdoc/>
    public override bool CanRead => descriptor == 0;

    /// <inheritdoc/>
    public override bool CanWrite => descriptor != 0;

    /// <summary>Reads what is there; waits while nothing is.</summary>
    /// <returns>The bytes read; 0 at the end.</returns>
    /// <exception cref="IOException">The descriptor can't be read.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (!_isOurs)
            return 0;
        fixed (byte* start = buffer)
        {
            nint count;
            do
                count = read(descriptor, start, (nuint)buffer.Length);
            while (count < 0 && Errno == EINTR);
            return count >= 0 ? (int)count : throw Refused(Errno);
        }
    }

    /// <summary>Writes all of it.</summary>
    /// <exception cref="IOException">The reader went away (EPIPE), or the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_isOurs)
            throw Refused(EBADF);
        fixed (byte* start = buffer)
        {
            int written = 0;
            while (written < buffer.Length)
            {
                nint count = write(descriptor, start + written, (nuint)(buffer.Length - written));
                if (count >= 0)
                    written += (int)count;
                else if (Errno != EINTR)
                    throw Refused(Errno);
            }
        }
    }

    static IOException Refused(int errno) => new(ErrorText.Of(errno), errno);
}
