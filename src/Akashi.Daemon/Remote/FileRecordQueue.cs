using Akashi.Host;
using Akashi.Remote;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Remote;

/// <summary>Records that wait in a file: <c>mode = forward</c>. The original reads and writes it too; see <see cref="RemoteQueueHeader"/>.</summary>
/// <remarks>
/// A record is written before the header that counts it, so that a killed sender leaves a file that holds together. Only one process has it, by a lock as the original's
/// (fcntl(2)). Where the depth is another than the file's, the records move to a new file that takes the old one's name.
/// </remarks>
public sealed class FileRecordQueue : IRecordQueue
{
    /// <summary>The longest record: a slot holds a line feed and a NUL too.</summary>
    public const int TextBytesMax = RemoteQueueHeader.SlotBytes - 2;

    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly string _path;
    readonly FileStream _stream;
    readonly byte[] _slot = new byte[RemoteQueueHeader.SlotBytes];
    RemoteQueueHeader _header;
    RemoteQueueMark _mark;
    uint _read;
    bool _isChanged;

    FileRecordQueue(string path, FileStream stream, RemoteQueueHeader header, RemoteQueueMark mark)
    {
        _path = path;
        _stream = stream;
        _header = header;
        _mark = mark;
    }

    public UInt128 Stream => _mark.Stream;

    public long Position => _mark.Position;

    public int Unread => (int)(_header.Count - _read);

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
    public int Peek(Span<byte> destination) => PeekAt(0, destination);

    public int PeekNext(Span<byte> destination) => PeekAt(_read, destination);

    public void Advance() => _read++;

    public void Rewind() => _read = 0;

    int PeekAt(uint index, Span<byte> destination)
    {
        if (index >= _header.Count)
            return 0;
        int read = Read(_header.OffsetOf(index));
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
        _mark = _mark with { Position = _mark.Position + 1 };
        if (_read > 0)
            _read--;
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
        bool isNew = false;
        try
        {
            Lock(stream, path);
            isNew = stream.Length == 0;
            return isNew ? Make(stream, path, capacity) : Read(stream, path);
        }
        catch
        {
            // One that the disk had no room for is no queue, and would be taken for a damaged one when there is room again.
            if (isNew)
                stream.SetLength(0);
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
        var queue = new FileRecordQueue(path, stream, header, new RemoteQueueMark(RemoteStreams.MakeNumber(), 0, 0, 0));
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
        byte[] bytes = new byte[RemoteQueueHeader.Bytes + RemoteQueueMark.Bytes];
        int length = RandomAccess.Read(stream.SafeFileHandle, bytes, 0);
        if (RemoteQueueHeader.TryRead(bytes.AsSpan(0, length), out RemoteQueueHeader header) is { } fault)
            throw new TrailException("read", path, 0, fault);
        if (stream.Length < header.FileBytes)
            throw new TrailException("read", path, 0, $"it is cut off: {stream.Length} bytes instead of {header.FileBytes}");

        // The original knows no positions: what it took isn't known, and a new stream begins.
        if (!RemoteQueueMark.TryRead(bytes.AsSpan(RemoteQueueHeader.Bytes), out RemoteQueueMark mark) || mark.Head != header.Head || mark.Count != header.Count)
            mark = new RemoteQueueMark(RemoteStreams.MakeNumber(), 0, header.Head, header.Count);
        return new FileRecordQueue(path, stream, header, mark);
    }

    static FileRecordQueue Resize(FileRecordQueue old, int capacity)
    {
        string made = old._path + ".new";
        FileRecordQueue? changed = null;
        try
        {
            File.Delete(made);
            changed = OpenAsIs(made, (uint)capacity);
            Copy(old, changed);
            File.Move(made, old._path, overwrite: true);
            return new FileRecordQueue(old._path, changed._stream, changed._header, changed._mark);
        }
        catch
        {
            changed?.Dispose();
            File.Delete(made);
            throw;
        }
        finally
        {
            old.Dispose();
        }
    }

    static void Copy(FileRecordQueue old, FileRecordQueue changed)
    {
        byte[] text = new byte[TextBytesMax];
        for (int left = old.Count; left > 0; left--)
        {
            changed.TryAdd(text.AsSpan(0, old.PeekNext(text)));
            old.Advance();
        }

        changed._mark = old._mark;
        changed.WriteHeader(changed._header);
    }

    void WriteHeader(RemoteQueueHeader header)
    {
        Span<byte> bytes = stackalloc byte[RemoteQueueHeader.Bytes + RemoteQueueMark.Bytes];
        header.Write(bytes);
        _mark = _mark with { Head = header.Head, Count = header.Count };
        _mark.Write(bytes[RemoteQueueHeader.Bytes..]);
        Write(bytes, 0);
        _header = header;
    }

    int Read(long offset)
    {
        try
        {
            return RandomAccess.Read(Handle, _slot, offset);
        }
        catch (IOException exception)
        {
            throw FileFault.Of("read", _path, exception);
        }
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
            throw FileFault.Of("write", _path, exception);
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
            throw FileFault.Of(operation, path, exception);
        }
    }
}
