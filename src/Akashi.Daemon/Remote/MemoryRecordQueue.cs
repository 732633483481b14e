using System.Buffers.Binary;

namespace Akashi.Daemon.Remote;

/// <summary>Records that wait in memory: <c>mode = immediate</c>. It grows with what waits.</summary>
/// <param name="capacity">How many may wait.</param>
sealed class MemoryRecordQueue(int capacity) : IRecordQueue
{
    const int LengthBytes = 2;

    byte[] _bytes = new byte[64 * 1024];
    int _start;
    int _end;
    int _cursor;
    int _read;

    public UInt128 Stream { get; } = RemoteStreams.MakeNumber();

    public long Position { get; private set; }

    public int Unread => Count - _read;

    public int Count { get; private set; }

    public int Capacity => capacity;

    public bool TryAdd(ReadOnlySpan<byte> text)
    {
        if (Count == capacity)
            return false;
        MakeRoom(LengthBytes + text.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(_end), checked((ushort)text.Length));
        text.CopyTo(_bytes.AsSpan(_end + LengthBytes));
        _end += LengthBytes + text.Length;
        Count++;
        return true;
    }

    public int Peek(Span<byte> destination) => Count == 0 ? 0 : Peek(_start, destination);

    public int PeekNext(Span<byte> destination) => Unread == 0 ? 0 : Peek(_start + _cursor, destination);

    public void Advance()
    {
        _cursor += LengthBytes + LengthOf(_start + _cursor);
        _read++;
    }

    public void Rewind() => _cursor = _read = 0;

    public void Drop()
    {
        int length = LengthBytes + LengthOf(_start);
        _start += length;
        Position++;
        if (_read > 0)
        {
            _read--;
            _cursor -= length;
        }

        if (--Count == 0)
            _start = _end = 0;
    }

    public void Dispose()
    {
    }

    int Peek(int start, Span<byte> destination)
    {
        ReadOnlySpan<byte> text = _bytes.AsSpan(start + LengthBytes, LengthOf(start));
        text.CopyTo(destination);
        return text.Length;
    }

    int LengthOf(int start) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(start));

    // What waits moves to the front where half of the buffer is free: each byte moves once on average.
    void MakeRoom(int bytes)
    {
        if (_end + bytes <= _bytes.Length)
            return;
        int length = _end - _start;
        byte[] target = length + bytes > _bytes.Length / 2 ? new byte[Math.Max(_bytes.Length * 2, length + bytes)] : _bytes;
        _bytes.AsSpan(_start, length).CopyTo(target);
        (_bytes, _start, _end) = (target, 0, length);
    }
}
