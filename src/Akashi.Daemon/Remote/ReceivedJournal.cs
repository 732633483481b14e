using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Akashi.Host;
using Akashi.Remote;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Remote;

/// <summary>Has every record of a stream in the trail once, though the receiver is killed anywhere between its first byte and its acknowledgement.</summary>
/// <remarks>
/// A file beside the trail, little endian:
/// <code>
/// 0        header: 8 bytes of magic, u32 version, u32 state (0 done, 1 under way), u32 bytes of the group, u32 CRC-32C of the group
/// 4096     table of streams, 4096 slots of 128 bytes: 16 bytes stream, i64 position of the record wanted next, i64 seconds when last used, u16 bytes of address, address
/// 528384   the group that is written now: JournalGroup
/// </code>
/// A group is written in this order, each step in the page cache before the next begins, so that a kill leaves a beginning of it:
/// <code>
/// 1  the group into the journal        4  the streams' new positions into the table
/// 2  the header: under way             5  the header: done
/// 3  the records into the logs         6  the acknowledgements
/// </code>
/// Killed before 2, nothing of the group is anywhere, and no sender has its acknowledgement: all is sent again. Killed between 2 and 5, the next start finishes it: what of each log's share
/// isn't there behind the noted offset is appended, to the byte, then 4 and 5. Killed before 6, the sender's hello is answered with the position behind it. A slot lies within a page, and so does
/// the header: the kernel writes either whole. Power that fails is another matter: what the disk then has of the trail is what flush asked for, and this file follows at the kernel's leisure.
/// Used by the write stage's thread, but <see cref="Open"/> and <see cref="TakeSlot"/>, which come before a stream's first group.
/// </remarks>
sealed class ReceivedJournal : IDisposable
{
    /// <summary>Streams that are known.</summary>
    public const int StreamsMax = 4096;

    /// <summary>The file's name, in the directory of the trail.</summary>
    public const string FileName = "akashi-received";

    const int HeaderBytes = 24;
    const uint Version = 1;
    const int TableOffset = 4096;
    const int SlotBytes = 128;
    const int SlotHeadBytes = 34;
    const int GroupOffset = TableOffset + (StreamsMax * SlotBytes);
    const int GroupBytesMax = 16 * 1024 * 1024;
    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly SafeFileHandle _handle;
    readonly string _path;
    readonly ArrayBufferWriter<byte> _group = new(RemoteBatch.LineBytesMax * 2);
    readonly SortedDictionary<int, long> _next = [];
    readonly List<(int Target, int Bytes)> _runs = [];

    ReceivedJournal(SafeFileHandle handle, string path)
    {
        _handle = handle;
        _path = path;
    }

    static ReadOnlySpan<byte> Magic => "akashirj"u8;

    /// <summary>The file.</summary>
    public string Path => _path;

    /// <summary>The file beside a trail.</summary>
    public static string PathBeside(string trailPath) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(trailPath)!, FileName);

    /// <summary>Opens the file, or makes it; a group that was under way is finished first.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">Where.</param>
    /// <param name="say">Told of what is to be known.</param>
    /// <exception cref="TrailException">It can't be had, or the group can't be finished.</exception>
    public static ReceivedJournal Open(IFiles files, string path, Action<string> say)
    {
        try
        {
            var journal = new ReceivedJournal(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite), path);
            try
            {
                File.SetUnixFileMode(journal._handle, Mode);
                journal.Begin(files, say);
                return journal;
            }
            catch
            {
                journal.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("use", path, exception);
        }
    }

    /// <summary>Finishes what a killed receiver left under way beside a trail; nothing where there is no such file.</summary>
    /// <remarks>Before the first record is written: what follows a torn line would end it.</remarks>
    /// <returns>Null, or why it can't be finished, which whoever opens it for receiving is told too.</returns>
    public static string? Recover(IFiles files, string trailPath, Action<string> say)
    {
        string path = PathBeside(trailPath);
        if (!File.Exists(path))
            return null;
        try
        {
            Open(files, path, say).Dispose();
            return null;
        }
        catch (TrailException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The streams of the table.</summary>
    public IReadOnlyList<(string Address, UInt128 Number, RemoteStream Stream)> ReadStreams()
    {
        var streams = new List<(string Address, UInt128 Number, RemoteStream Stream)>();
        byte[] table = new byte[GroupOffset - TableOffset];
        Fill(table, TableOffset);
        for (int slot = 0; slot < StreamsMax; slot++)
        {
            ReadOnlySpan<byte> bytes = table.AsSpan(slot * SlotBytes, SlotBytes);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]);
            long next = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
            if (length is 0 or > SlotBytes - SlotHeadBytes || next < 0)
                continue;
            var stream = new RemoteStream { Next = next, Slot = slot, Window = RemotePacking.WindowMax, Used = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]) };
            streams.Add((Encoding.UTF8.GetString(bytes.Slice(SlotHeadBytes, length)), BinaryPrimitives.ReadUInt128LittleEndian(bytes), stream));
        }

        return streams;
    }

    /// <summary>Gives a new stream a slot of its own, and writes where it begins.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="address">Its sender.</param>
    /// <param name="number">Its number.</param>
    /// <param name="slot">A slot that nobody has.</param>
    /// <exception cref="TrailException">It can't be written.</exception>
    public void TakeSlot(RemoteStream stream, string address, UInt128 number, int slot)
    {
        Span<byte> bytes = stackalloc byte[SlotBytes];
        bytes.Clear();
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], stream.Next);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], stream.Used);
        byte[] sender = Encoding.UTF8.GetBytes(address);
        if (sender.Length > SlotBytes - SlotHeadBytes)
            return;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[32..], (ushort)sender.Length);
        sender.CopyTo(bytes[SlotHeadBytes..]);
        Put(bytes, TableOffset + (slot * SlotBytes));
        stream.Slot = slot;
    }

    /// <summary>Notes a group that is written next.</summary>
    /// <param name="batch">It; what is refused already isn't of the group.</param>
    /// <param name="targets">The logs, in the order of the group's first record for each.</param>
    /// <param name="targetOf">Which of them a host's records go to.</param>
    /// <exception cref="TrailException">It can't be noted: nothing of it may be written.</exception>
    public void Begin(RemoteBatch batch, IReadOnlyList<JournalTarget> targets, Func<KnownHost?, int> targetOf)
    {
        _next.Clear();
        _runs.Clear();
        foreach (ref readonly RemoteRun run in batch.Runs)
        {
            if (run.IsRefused)
                continue;
            Advance(run);
            if (run.Records > 0)
                _runs.Add((targetOf(run.Host), run.Length));
        }

        _group.ResetWrittenCount();
        JournalGroup.Write(targets, _runs, _next, _next.Count, batch, run => !run.IsRefused && run.Records > 0, _group);
        if (_group.WrittenCount > GroupBytesMax)
            throw new TrailException("write", _path, 0, "the group is too long");
        Put(_group.WrittenSpan, GroupOffset);
        PutHeader(isUnderWay: true, _group.WrittenSpan);
    }

    /// <summary>Notes how far the group came: where each stream stands by the answers of the batch.</summary>
    /// <exception cref="TrailException">It can't be noted.</exception>
    public void End(RemoteBatch batch)
    {
        _next.Clear();
        foreach (ref readonly RemoteRun run in batch.Runs)
        {
            if (!run.Answer.IsFatal)
                Advance(run);
        }

        foreach ((int slot, long next) in _next)
            PutPosition(slot, next);
        PutHeader(isUnderWay: false, default);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    void Advance(in RemoteRun run)
    {
        if (run.Client.Stream is not { Slot: >= 0 } stream)
            return;
        long before = _next.TryGetValue(stream.Slot, out long known) ? known : stream.Next;
        _next[stream.Slot] = before + run.Messages;
    }

    void Begin(IFiles files, Action<string> say)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Fill(header, 0);

        // A new one, or one that a kill or a full disk cut off before its header, which comes last.
        if (!header.ContainsAnyExcept((byte)0))
        {
            // All of it now: what is written in place later needs no room then.
            Put(new byte[GroupOffset + (RemoteBatch.LineBytesMax * 2)], 0);
            PutHeader(isUnderWay: false, default);
            return;
        }

        if (!header.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) != Version)
            throw new TrailException("use", _path, 0, "it is no journal of this version: move it away");
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) == 0)
            return;
        int length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header[16..]), GroupBytesMax);
        byte[] bytes = new byte[length];
        Fill(bytes, GroupOffset);
        if (ChecksumOf(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(header[20..]) || JournalGroup.Read(bytes) is not { } group)
            say($"{_path} is damaged: a group of received records that was under way isn't known; some may be there twice");
        else
            Finish(files, group);
        PutHeader(isUnderWay: false, default);
    }

    void Finish(IFiles files, JournalGroup group)
    {
        for (int target = 0; target < group.Targets.Count; target++)
            JournalFinish.Append(files, group.Targets[target], group.LinesOf(target));
        foreach ((int slot, long next) in group.Streams)
            PutPosition(slot, next);
    }

    void PutPosition(int slot, long next)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, next);
        Put(bytes, TableOffset + (slot * SlotBytes) + 16);
    }

    void PutHeader(bool isUnderWay, ReadOnlySpan<byte> group)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], isUnderWay ? 1u : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], (uint)group.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], isUnderWay ? ChecksumOf(group) : 0);
        Put(header, 0);
    }

    static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte one in bytes)
            checksum = BitOperations.Crc32C(checksum, one);
        return ~checksum;
    }

    void Put(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("write", _path, exception);
        }
    }

    void Fill(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int count = RandomAccess.Read(_handle, bytes, offset);
            if (count == 0)
            {
                bytes.Clear();
                return;
            }

            bytes = bytes[count..];
            offset += count;
        }
    }
}
