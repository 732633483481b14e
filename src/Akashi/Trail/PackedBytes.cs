using Akashi.Output;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Trail;

/// <summary>The bytes of an archive from its beginning, for an unpacker; the file stays its owner's.</summary>
sealed class PackedBytes(SafeFileHandle handle) : OneWayStream
{
    long _offset;
    byte[] _continuation = [];
    int _continued;

    public override bool CanRead => true;

    public override long Position
    {
        get => _offset;
        set => throw new NotSupportedException();
    }

    /// <summary>Has these bytes follow where the file ends.</summary>
    public void ContinueWith(byte[] bytes)
    {
        _continuation = bytes;
        _continued = 0;
    }

    public override int Read(Span<byte> buffer)
    {
        int read = RandomAccess.Read(handle, buffer, _offset);
        _offset += read;
        if (read > 0)
            return read;
        int length = Math.Min(buffer.Length, _continuation.Length - _continued);
        _continuation.AsSpan(_continued, length).CopyTo(buffer);
        _continued += length;
        return length;
    }
}
