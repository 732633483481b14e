using Akashi.Host;
using Akashi.Linux.Terminals;
using Akashi.Recordings;

namespace Akashi.Daemon.Recordings;

/// <summary>The recordings of a directory, summed up without reading them whole.</summary>
/// <remarks>For each file: open, statx, flock and two reads of some kilobytes; of a packed one the first line is unpacked, and the frame that holds its end.</remarks>
/// <param name="host">The machine.</param>
/// <param name="directory">Where recorders put them.</param>
public sealed class RecordingCatalog(IHost host, string directory = RecordingCatalog.DefaultDirectory)
{
    /// <summary>The recorder's directory.</summary>
    public const string DefaultDirectory = "/var/log/akashi/recordings";

    static ReadOnlySpan<byte> FrameMagic => [0x28, 0xB5, 0x2F, 0xFD];

    // While a finished recording is packed both are there.
    static readonly string[] s_endings = [".cast", ".cast.zst"];

    readonly byte[] _head = new byte[RecordingGlance.HeadBytes];
    readonly byte[] _tail = new byte[RecordingGlance.TailBytes];
    readonly byte[] _packedTail = new byte[RecordingGlance.TailBytes * 2];

    /// <summary>The directory.</summary>
    public string Directory => directory;

    /// <summary>All of them, the oldest first.</summary>
    /// <exception cref="AuditException">The directory can't be read.</exception>
    public List<RecordingSummary> Read()
    {
        if (!host.Files.TryLook(directory, followsLink: true, out FileStatus status))
            throw new AuditException($"cannot read {directory}: nothing of that name is there, or it isn't for you");
        if (host.Files.KindOf(directory) is not (FileKind.Directory or FileKind.Missing))
            throw new AuditException($"cannot read {directory}: it is no directory\nhint: akashi replay FILE plays a recording");
        var found = new Dictionary<string, RecordingSummary>();
        try
        {
            foreach (string path in System.IO.Directory.EnumerateFiles(directory))
            {
                if (NameOf(path) is { } name && !found.ContainsKey(name) && Sum(path, name, status.Uid) is { } summary)
                    found[name] = summary;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot read {directory}: {FileFault.Describe(exception)}", exception);
        }

        return [.. found.Values.OrderBy(summary => summary.UnixSeconds ?? 0).ThenBy(summary => summary.Name, StringComparer.Ordinal)];
    }

    /// <summary>The file of a recording.</summary>
    /// <param name="name">Its name without its ending.</param>
    /// <returns>Null where there is none.</returns>
    public string? FindPath(string name) =>
        s_endings.Select(ending => Path.Combine(directory, name + ending)).FirstOrDefault(File.Exists);

    /// <summary>Sums one up.</summary>
    /// <returns>Null where it's gone, or no plain file.</returns>
    public RecordingSummary? Sum(string path)
    {
        uint owner = host.Files.TryLook(directory, followsLink: true, out FileStatus status) ? status.Uid : 0;
        return NameOf(path) is { } name ? Sum(path, name, owner) : null;
    }

    static string? NameOf(string path)
    {
        string file = Path.GetFileName(path);
        string? ending = s_endings.LastOrDefault(ending => file.EndsWith(ending, StringComparison.Ordinal));
        return ending is null || file.Length == ending.Length ? null : file[..^ending.Length];
    }

    // Between two looks a plain one may have become a packed one: its flag is cleared and it's removed once the copy has its name.
    RecordingSummary? Sum(string path, string name, uint owner)
    {
        RecordingSummary? summary = SumFile(path, name, owner);
        bool isGoing = path.EndsWith(s_endings[0], StringComparison.Ordinal) && (summary is null || summary.Doubt == RecordingGlance.FlagGone);
        return (isGoing ? SumFile(Path.Combine(directory, name + s_endings[1]), name, owner) : null) ?? summary;
    }

    RecordingSummary? SumFile(string path, string name, uint owner)
    {
        using StoredRecording? file = StoredRecording.TryOpen(path);
        if (file is null)
            return null;
        RecordingFacts facts = file.Facts;
        try
        {
            int headLength = facts.IsPacked ? Unpack(file, path) : ReadHead(file);
            int tailLength = facts.IsPacked ? UnpackTail(file, path) : RandomAccess.Read(file.Handle, _tail, Math.Max(0, facts.SizeBytes - _tail.Length));
            return RecordingGlance.Take(
                name, facts, owner, _head.AsSpan(0, headLength), _tail.AsSpan(0, tailLength), host.Clock.GetUtcNow().ToUnixTimeSeconds());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A bad sector of one hides none of the others.
            return RecordingGlance.Unreadable(name, facts, FileFault.Describe(exception));
        }
    }

    int ReadHead(StoredRecording file)
    {
        int length = RandomAccess.Read(file.Handle, _head.AsSpan(0, RecordingGlance.HeadBytesUsual), 0);
        return _head.AsSpan(0, length).Contains((byte)'\n') ? length : RandomAccess.Read(file.Handle, _head, 0);
    }

    // The last frame is the recording's end, where the recorder packed it (RecordingPacking). Another's last frame is larger, or the only one: then the end stays unknown.
    int UnpackTail(StoredRecording file, string path)
    {
        int length = RandomAccess.Read(file.Handle, _packedTail, Math.Max(0, file.Facts.SizeBytes - _packedTail.Length));
        for (int start = length; (start = _packedTail.AsSpan(0, start).LastIndexOf(FrameMagic)) >= 0;)
        {
            try
            {
                using Stream unpacking = host.Files.Unzstd(new MemoryStream(_packedTail, start, length - start, writable: false), path);
                int count = unpacking.ReadAtLeast(_tail, _tail.Length, throwOnEndOfStream: false);
                return unpacking.ReadByte() < 0 ? count : 0;
            }
            catch (Exception exception) when (exception is InvalidDataException or AuditException)
            {
                // Bytes that look like the beginning of a frame, or no libzstd.
            }
        }

        return 0;
    }

    int Unpack(StoredRecording file, string path)
    {
        try
        {
            using var packed = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(file.Handle.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, bufferSize: 0);
            using Stream unpacking = host.Files.Unzstd(packed, path);
            int length = 0;
            for (int count; length < _head.Length && !_head.AsSpan(0, length).Contains((byte)'\n') && (count = unpacking.Read(_head, length, Math.Min(RecordingGlance.HeadBytesUsual, _head.Length - length))) > 0;)
                length += count;
            return length;
        }
        catch (Exception exception) when (exception is InvalidDataException or AuditException)
        {
            return 0;
        }
    }
}
