using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Akashi.Trail;

namespace Akashi.Daemon.Remote;

/// <summary>A group of received records as the journal has it: where each goes, and where their streams stand once it's written.</summary>
/// <remarks>
/// Little endian:
/// <code>
/// u32 targets    each  u64 device  u64 inode  i64 offset  u16 bytes of path  path, UTF-8
/// u32 runs       each  u32 target  u32 bytes of lines
/// u32 streams    each  u32 slot    i64 position of the record wanted next
/// u32 bytes      the lines of all runs
/// </code>
/// </remarks>
/// <param name="targets">Where.</param>
/// <param name="runs">Which bytes of the lines go to which.</param>
/// <param name="streams">Streams by their slots.</param>
/// <param name="lines">All lines, in the order in which they are written.</param>
public sealed class JournalGroup(
    IReadOnlyList<JournalTarget> targets, IReadOnlyList<(int Target, int Bytes)> runs, IReadOnlyList<(int Slot, long Next)> streams, byte[] lines)
{
    /// <summary>Streams by their slots, and the position of the record that is wanted next.</summary>
    public IReadOnlyList<(int Slot, long Next)> Streams => streams;

    /// <summary>The logs.</summary>
    public IReadOnlyList<JournalTarget> Targets => targets;

    /// <summary>All that goes to one log.</summary>
    public byte[] LinesOf(int target)
    {
        using var all = new MemoryStream();
        int start = 0;
        foreach ((int goesTo, int bytes) in runs)
        {
            if (goesTo == target)
                all.Write(lines, start, bytes);
            start += bytes;
        }

        return all.ToArray();
    }

    /// <summary>Writes it.</summary>
    internal static void Write(
        IReadOnlyList<JournalTarget> targets, IReadOnlyList<(int Target, int Bytes)> runs, IEnumerable<KeyValuePair<int, long>> streams, int streamCount,
        RemoteBatch batch, Func<RemoteRun, bool> isIn, ArrayBufferWriter<byte> writer)
    {
        Put(writer, (uint)targets.Count);
        foreach (JournalTarget target in targets)
        {
            Put(writer, target.Position.Device);
            Put(writer, target.Position.Inode);
            Put(writer, (ulong)target.Position.Offset);
            byte[] path = Encoding.UTF8.GetBytes(target.Path);
            BinaryPrimitives.WriteUInt16LittleEndian(writer.GetSpan(2), (ushort)path.Length);
            writer.Advance(2);
            writer.Write(path);
        }

        Put(writer, (uint)runs.Count);
        int length = 0;
        foreach ((int target, int bytes) in runs)
        {
            Put(writer, (uint)target);
            Put(writer, (uint)bytes);
            length += bytes;
        }

        Put(writer, (uint)streamCount);
        foreach ((int slot, long next) in streams)
        {
            Put(writer, (uint)slot);
            Put(writer, (ulong)next);
        }

        Put(writer, (uint)length);
        foreach (ref readonly RemoteRun run in batch.Runs)
        {
            if (isIn(run))
                writer.Write(batch.LinesOf(run));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>Null where they are none.</returns>
    public static JournalGroup? Read(ReadOnlySpan<byte> bytes)
    {
        var targets = new List<JournalTarget>();
        var runs = new List<(int Target, int Bytes)>();
        var streams = new List<(int Slot, long Next)>();
        if (!TryCount(ref bytes, 26, out uint count))
            return null;
        for (; count > 0; count--)
        {
            if (bytes.Length < 26)
                return null;
            var position = new TrailPosition(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]));
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[24..]);
            if (bytes.Length < 26 + length || position.Offset < 0)
                return null;
            targets.Add(new JournalTarget(Encoding.UTF8.GetString(bytes.Slice(26, length)), position));
            bytes = bytes[(26 + length)..];
        }

        if (!TryCount(ref bytes, 8, out count))
            return null;
        long lines = 0;
        for (; count > 0; count--, bytes = bytes[8..])
        {
            uint target = BinaryPrimitives.ReadUInt32LittleEndian(bytes), length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (target >= targets.Count || length > int.MaxValue)
                return null;
            runs.Add(((int)target, (int)length));
            lines += length;
        }

        if (!TryCount(ref bytes, 12, out count))
            return null;
        for (; count > 0; count--, bytes = bytes[12..])
        {
            uint slot = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            long next = BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]);
            if (slot >= ReceivedJournal.StreamsMax || next < 0)
                return null;
            streams.Add(((int)slot, next));
        }

        return TryCount(ref bytes, 1, out count) && count == lines && bytes.Length == lines ? new JournalGroup(targets, runs, streams, bytes.ToArray()) : null;
    }

    static bool TryCount(ref ReadOnlySpan<byte> bytes, int bytesEach, out uint count)
    {
        count = 0;
        if (bytes.Length < 4)
            return false;
        count = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        bytes = bytes[4..];
        return count <= bytes.Length / bytesEach;
    }

    static void Put(ArrayBufferWriter<byte> writer, uint number)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(writer.GetSpan(4), number);
        writer.Advance(4);
    }

    static void Put(ArrayBufferWriter<byte> writer, ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(writer.GetSpan(8), number);
        writer.Advance(8);
    }
}
