using System.Runtime.CompilerServices;
using Akashi.Linux.Interop;

namespace Akashi.LibAudit.Auparse;

/// <summary>The C library's memory for what a host is given of one event: all of it stays until the event goes.</summary>
/// <remarks>Blocks are kept for the next event, so that walking a log asks for none; a block that one huge event needed is given back.</remarks>
sealed unsafe class EventMemory : IDisposable
{
    const int FirstBlockBytes = 8 * 1024, BlockBytes = 64 * 1024;
    const int KeptBlocksMax = 8;

    readonly List<Block> _blocks = [];
    byte* _next;
    byte* _end;
    int _current = -1;

    /// <summary>Room for bytes and a NUL behind them, which isn't written.</summary>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    internal byte* Take(int length)
    {
        // Structs stand in it too.
        int taken = (length + 8) & ~7;
        if (_end - _next < taken)
            TakeBlock(taken);
        byte* start = _next;
        _next += taken;
        return start;
    }

    /// <summary>A copy with a NUL behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte* Copy(ReadOnlySpan<byte> bytes)
    {
        byte* copy = Take(bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        copy[bytes.Length] = 0;
        return copy;
    }

    /// <summary>Another event begins: what was given out is used again.</summary>
    internal void Clear()
    {
        for (int index = _blocks.Count - 1; index >= 0; index--)
        {
            if (index < KeptBlocksMax && _blocks[index].Length <= BlockBytes)
                continue;
            PlainLibC.free(_blocks[index].Start);
            _blocks.RemoveAt(index);
        }

        _current = -1;
        _next = _end = null;
        if (_blocks.Count > 0)
            Enter(0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Block block in _blocks)
            PlainLibC.free(block.Start);
        _blocks.Clear();
        _current = -1;
        _next = _end = null;
    }

    void TakeBlock(int length)
    {
        while (_current + 1 < _blocks.Count)
        {
            Enter(_current + 1);
            if (_end - _next >= length)
                return;
        }

        int blockLength = Math.Max(length, _blocks.Count == 0 ? FirstBlockBytes : BlockBytes);
        var start = (byte*)PlainLibC.malloc((nuint)blockLength);
        if (start == null)
            throw new OutOfMemoryException();
        _blocks.Add(new Block(start, blockLength));
        Enter(_blocks.Count - 1);
    }

    void Enter(int index)
    {
        _current = index;
        _next = _blocks[index].Start;
        _end = _next + _blocks[index].Length;
    }

    readonly struct Block(byte* start, int length)
    {
        public readonly byte* Start = start;
        public readonly int Length = length;
    }
}
