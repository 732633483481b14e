using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit.Auparse;

/// <summary>A descriptor of the host's, which is the parser's from now on: closed with it.</summary>
sealed unsafe class DescriptorSource(int descriptor) : ByteSource
{
    int _descriptor = descriptor;

    internal override int Read(Span<byte> destination) => Read(_descriptor, destination);

    internal override bool TryRewind() => PlainLibC.lseek(_descriptor, 0, SEEK_SET) >= 0;

    public override void Dispose()
    {
        if (_descriptor >= 0)
            _ = PlainLibC.close(_descriptor);
        _descriptor = -1;
    }

    /// <summary>read(2), once more where a signal came.</summary>
    /// <returns>Bytes, 0 at the end, or a negative error number.</returns>
    internal static int Read(int descriptor, Span<byte> destination)
    {
        nint length;
        do
        {
            fixed (byte* start = destination)
                length = PlainLibC.read(descriptor, start, (nuint)destination.Length);
        }
        while (length < 0 && PlainLibC.Errno == EINTR);
        return length < 0 ? -PlainLibC.Errno : (int)length;
    }
}

/// <summary>A <c>FILE *</c> of the host's, which is the parser's from now on: closed with it.</summary>
/// <remarks>Taken line by line, for the C library may hold bytes of it already, and must not wait for more than the next line.</remarks>
sealed unsafe class StreamSource(void* stream) : ByteSource
{
    void* _stream = stream;
    byte* _line;
    nuint _room;
    nint _length;
    nint _taken;

    internal override int Read(Span<byte> destination)
    {
        if (_stream == null)
            return 0;
        if (_taken == _length)
        {
            _taken = 0;
            _length = Math.Max(0, GetLine());
            if (_length == 0)
                return PlainLibC.ferror(_stream) != 0 ? -EIO : 0;
        }

        int length = (int)Math.Min(_length - _taken, destination.Length);
        new ReadOnlySpan<byte>(_line + _taken, length).CopyTo(destination);
        _taken += length;
        return length;
    }

    internal override bool TryRewind()
    {
        _taken = _length = 0;
        return PlainLibC.fseek(_stream, 0, SEEK_SET) == 0;
    }

    public override void Dispose()
    {
        if (_stream != null)
            _ = PlainLibC.fclose(_stream);
        _stream = null;
        PlainLibC.free(_line);
        _line = null;
        _taken = _length = 0;
    }

    // A stream that stood at its end stays there, for the C library, until that is cleared: more may have been written.
    nint GetLine()
    {
        PlainLibC.clearerr(_stream);
        fixed (byte** line = &_line)
        {
            fixed (nuint* room = &_room)
                return PlainLibC.getline(line, room, _stream);
        }
    }
}
