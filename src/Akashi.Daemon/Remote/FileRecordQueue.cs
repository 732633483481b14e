using Akashi.Host;
using Akashi.Remote;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Remote;

/// <summary>Records that wait in a file: <c>mode = forward</c>. The original reads and writes it too; see <see cref="RemoteQueueHeader"/>.</summary>
/// <remarks>
/// A record is written before the header that counts it, so that a killed sender leaves a file that holds together. Only one process has it, by a lock as the original's
/// (fcntl(2)). Where the depth is another than the file's, the records move to a new file that takes the old one's name.
/// </remarks>
sealed class FileRecordQueue : IRecordQueue
{
    /// <summary>The longest record: a slot holds a line feed and a NUL too.</summary>
    public const int TextBytesMax = RemoteQueueHeader.SlotBytes - 2;

    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly string _path;
    readonly FileStream _stream;
    readonly byte[] _slot = new byte[RemoteQueueHeader.SlotBytes];
    RemoteQueueHeader _header;
    bool _isChanged;

    FileRecordQueue(string path, FileStream stream, RemoteQueueHeader header)
    {
        _path = path;
        _stream = stream;
        _header = header;
    }

    public int Count => (int)_header.Count;

    public int Capacity => (int)_header.Slots;

    SafeFileHandle Handle => _stream.SafeFileHandle;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="capacity">How many records it is to hold; more where more wait in it.</param>
    /// <exception cref="TrailException">It can't be had: damaged, locked by another process, no room.</exception>
    public static FileRecordQueue Open(string path, int capacity)
    {
        FileRecordQueue queue = Do("open", path, () => OpenAsIs(path, (uint)capacity));
        if (queue.Capacity == capacity || queue.Count > capacity)
            return queue;
        return Do("resize", path, () => Resize(queue, capacity));
    }

    public bool TryAdd(ReadOnlySpan<byte> text)
    {
        if (_header.Count == _header.Slots)
            return false;
        text.CopyTo(_slot);
        _slot[text.Length] = (byte)'\n';
        _slot[text.Length + 1] = 0;
        Write(_slot.AsSpan(0, text.Length + 2), _header.OffsetOf(_header.Count));
        WriteHeader(_header with { Count = _header.Count + 1 });
        return true;
    }

    // A slot without an end, or an empty one, is damaged.
    public int Peek(Span<byte> destination)
    {
        if (_header.Count == 0)
            return 0;
        int read = Do("read", _path, () => RandomAccess.Read(Handle, _slot, _header.OffsetOf(0)));
        int length = _slot.AsSpan(0, read).IndexOf((byte)0);
        if (length <= 0)
            return 0;
        ReadOnlySpan<byte> text = _slot.AsSpan(0, length).TrimEnd((byte)'\n');
        text.CopyTo(destination);
        return text.Length;
    }

    // Also where the disk refuses: the record is sent, and would be sent for ever.
    public void Drop()
    {
        _header = _header with { Head = (_header.Head + 1) % _header.Slots, Count = _header.Count - 1 };
        WriteHeader(_header);
    }

    public void Flush()
    {
        if (!_isChanged)
            return;
        _isChanged = false;
        Do("flush", _path, () =>
        {
            RandomAccess.FlushToDisk(Handle);
            return 0;
        });
    }

    public void Dispose() => _stream.Dispose();

    static FileRecordQueue OpenAsIs(string path, uint capacity)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0, UnixCreateMode = Mode,
        };
        var stream = new FileStream(path, options);
        try
        {
            Lock(stream, path);
            return stream.Length == 0 ? Make(stream, path, capacity) : Read(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    static void Lock(FileStream stream, string path)
    {
        try
        {
            stream.Lock(0, 0);
        }
        catch (IOException)
        {
            throw new TrailException("open", path, 0, "another process has it");
        }
    }

    static FileRecordQueue Make(FileStream stream, string path, uint capacity)
    {
        var header = new RemoteQueueHeader(capacity, 0, 0);
        Reserve(stream, header.FileBytes);
        var queue = new FileRecordQueue(path, stream, header);
        queue.WriteHeader(header);
        return queue;
    }

    // Zeros, written: room that is only promised isn't there when the disk is full, which is when the queue is needed.
    static void Reserve(FileStream stream, long bytes)
    {
        byte[] zeros = new byte[1024 * 1024];
        for (long offset = 0; offset < bytes; offset += zeros.Length)
            RandomAccess.Write(stream.SafeFileHandle, zeros.AsSpan(0, (int)Math.Min(zeros.Length, bytes - offset)), offset);
    }

    static FileRecordQueue Read(FileStream stream, string path)
    {
        byte[] bytes = new byte[RemoteQueueHeader.Bytes];
        int length = RandomAccess.Read(stream.SafeFileHandle, bytes, 0);
        if (RemoteQueueHeader.TryRead(bytes.AsSpan(0, length), out RemoteQueueHeader header) is { } fault)
            throw new TrailException("read", path, 0, fault);
        if (stream.Length < header.FileBytes)
            throw new TrailException("read", path, 0, $"it is cut off: {stream.Length} bytes instead of {header.FileBytes}");
        return new FileRecordQueue(path, stream, header);
    }

    static FileRecordQueue Resize(FileRecordQueue old, int capacity)
    {
        string made = old._path + ".new";
        File.Delete(made);
        FileRecordQueue changed = OpenAsIs(made, (uint)capacity);
        byte[] text = new byte[TextBytesMax];
        for (int left = old.Count; left > 0; left--)
        {
            changed.TryAdd(text.AsSpan(0, old.Peek(text)));
            old._header = old._header with { Head = (old._header.Head + 1) % old._header.Slots, Count = old._header.Count - 1 };
        }

        changed.Flush();
        File.Move(made, old._path, overwrite: true);
        old.Dispose();
        return new FileRecordQueue(old._path, changed._stream, changed._header);
    }

    void WriteHeader(RemoteQueueHeader header)
    {
        Span<byte> bytes = stackalloc byte[RemoteQueueHeader.Bytes];
        header.Write(bytes);
        Write(bytes, 0);
        _header = header;
    }

    void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        _isChanged = true;
        try
        {
            RandomAccess.Write(Handle, bytes, offset);
        }
        catch (IOException exception)
        {
            throw new TrailException("write", _path, exception.HResult, exception.Message);
        }
    }

    static T Do<T>(string operation, string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrailException(operation, path, exception.HResult, exception.Message);
        }
    }
}
