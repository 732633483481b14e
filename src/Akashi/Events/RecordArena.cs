using System.Diagnostics;

namespace Akashi.Events;

/// <summary>The bytes of records whose events have not left yet, one after the other in the order they came.</summary>
/// <remarks>
/// A dense log has thousands of open events: bytes of their own for each would be touched once and miss every cache. Here lines are written one behind
/// the other into chunks, and a chunk is used again once all its lines were given back. Nothing is allocated once enough chunks are there.
/// </remarks>
sealed class RecordArena
{
    readonly Stack<ArenaChunk> _free = new();
    ArenaChunk _current = new();

    /// <summary>Bytes of all chunks, used or not.</summary>
    public long CapacityBytes { get; private set; } = ArenaChunk.CapacityBytes;

    /// <summary>Chunks that nothing is in.</summary>
    public int FreeChunks => _free.Count;

    /// <summary>Copies a line in.</summary>
    /// <param name="line">At most <see cref="ArenaChunk.CapacityBytes"/> bytes.</param>
    /// <param name="start">Where it stands in the chunk.</param>
    /// <returns>The chunk; give it back with <see cref="GiveBack"/>, once a line.</returns>
    public ArenaChunk Append(ReadOnlySpan<byte> line, out int start)
    {
        if (line.Length > ArenaChunk.CapacityBytes - _current.Used)
            TakeChunk();
        start = _current.Used;
        line.CopyTo(_current.Bytes.AsSpan(start));
        _current.Used += line.Length;
        _current.Lines++;
        return _current;
    }

    /// <summary>Gives one line back.</summary>
    public void GiveBack(ArenaChunk chunk)
    {
        Debug.Assert(chunk.Lines > 0);
        if (--chunk.Lines > 0)
            return;
        chunk.Used = 0;
        if (!ReferenceEquals(chunk, _current))
            _free.Push(chunk);
    }

    void TakeChunk()
    {
        if (_free.TryPop(out ArenaChunk? chunk))
        {
            _current = chunk;
            return;
        }

        _current = new ArenaChunk();
        CapacityBytes += ArenaChunk.CapacityBytes;
    }
}

/// <summary>A piece of a <see cref="RecordArena"/>.</summary>
sealed class ArenaChunk
{
    /// <summary>Room for the longest line, and for many of the usual ones.</summary>
    public const int CapacityBytes = 128 * 1024;

    /// <summary>Wraps bytes that belong to no arena.</summary>
    public ArenaChunk(byte[]? bytes = null)
    {
        Bytes = bytes ?? new byte[CapacityBytes];
    }

    public byte[] Bytes { get; }

    /// <summary>Bytes written.</summary>
    public int Used { get; set; }

    /// <summary>Lines that weren't given back.</summary>
    public int Lines { get; set; }
}
