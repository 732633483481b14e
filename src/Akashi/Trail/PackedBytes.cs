using Microsoft.Win32.SafeHandles;

namespace Akashi.Trail;

/// <summary>The bytes of an archive from its beginning, for an unpacker; the file stays its owner's.</summary>
sealed class PackedBytes(SafeFileHandle handle) : Stream
{
    long _offset;
    byte[] _continuation = [];
    int _continued;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

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

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
