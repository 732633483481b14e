using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit.Auparse;

/// <summary>A file by its name; opened when it's first read, and closed at its end.</summary>
sealed unsafe class FileSource : ByteSource
{
    byte* _name;
    int _descriptor = -1;
    bool _isAtEnd;

    /// <summary>Takes a name; the file isn't touched.</summary>
    internal FileSource(ReadOnlySpan<byte> name)
    {
        _name = (byte*)PlainLibC.malloc((nuint)name.Length + 1);
        if (_name == null)
            throw new OutOfMemoryException();
        name.CopyTo(new Span<byte>(_name, name.Length));
        _name[name.Length] = 0;
    }

    internal override byte* Name => _name;

    internal override bool BeginsLineNumbers => true;

    internal override int Read(Span<byte> destination)
    {
        if (_isAtEnd)
            return 0;
        if (_descriptor < 0 && (_descriptor = PlainLibC.open(_name, O_RDONLY | O_CLOEXEC, 0)) < 0)
            return -PlainLibC.Errno;
        int length = DescriptorSource.Read(_descriptor, destination);
        if (length <= 0)
            Close();
        _isAtEnd = length == 0;
        return length;
    }

    internal override bool TryRewind()
    {
        Close();
        _isAtEnd = false;
        return true;
    }

    public override void Dispose()
    {
        Close();
        PlainLibC.free(_name);
        _name = null;
    }

    void Close()
    {
        if (_descriptor < 0)
            return;
        int errno = PlainLibC.Errno;
        _ = PlainLibC.close(_descriptor);
        PlainLibC.Errno = errno;
        _descriptor = -1;
    }
}
