using Akashi.Host;
using Akashi.Linux.Compression;
using Akashi.Linux.Cryptography;
using Akashi.Linux.Files;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Recorder;

/// <summary>A step of <see cref="RecordingPacking"/> that is done.</summary>
enum PackingStep
{
    /// <summary>What an earlier one left is gone.</summary>
    Cleared,

    /// <summary>The packed copy is whole, and on the disk.</summary>
    Packed,

    /// <summary>It holds the same bytes, with the same hash.</summary>
    Compared,

    /// <summary>It has its name, on the disk.</summary>
    Named,

    /// <summary>It has the append-only flag, where the file system has it.</summary>
    Flagged,

    /// <summary>The recording has it no more.</summary>
    Unflagged,

    /// <summary>The recording is gone.</summary>
    Removed,
}

/// <summary>Packs a recording that has ended.</summary>
/// <remarks>
/// <code>
/// NAME.cast → NAME.cast.packing   whole, on the disk, its last bytes as a frame that lists read alone; unpacked again and compared, byte by byte and by the running hash
/// NAME.cast.packing → NAME.cast.zst   then its flag is set
/// NAME.cast   its flag is cleared, then it's removed
/// </code>
/// As long as NAME.cast is there it's the recording, and whatever stands beside it doesn't count: after a crash that is removed, and packing begins anew. Once it's gone, NAME.cast.zst is whole and
/// compared. So there is one complete recording after every step.
/// </remarks>
/// <param name="files">The machine's files.</param>
/// <param name="reached">Told of each step; for tests.</param>
sealed class RecordingPacking(IFiles files, Action<PackingStep>? reached = null)
{
    /// <summary>What a packed recording's name ends in.</summary>
    public const string PackedEnding = ".zst";

    const string WorkEnding = ".packing";
    const int BlockBytes = 64 * 1024;

    /// <summary>Packs one.</summary>
    /// <param name="path">The recording, which nobody records into.</param>
    /// <param name="hash">Its last hash.</param>
    /// <param name="level">1 to 19.</param>
    /// <param name="cancelled">Gives up; it's as it was then.</param>
    /// <exception cref="AuditException">It can't be; it's as it was.</exception>
    public void Pack(string path, string hash, int level, CancellationToken cancelled)
    {
        string work = path + WorkEnding, packed = path + PackedEnding;
        try
        {
            RemoveBeside(path);
            reached?.Invoke(PackingStep.Cleared);
            using (SafeFileHandle source = files.OpenForReading(path))
                ZstdFile.Pack(source, work, level, files, cancelled, RecordingGlance.TailBytes);
            reached?.Invoke(PackingStep.Packed);
            Compare(path, work, hash, cancelled);
            reached?.Invoke(PackingStep.Compared);

            // Its last write is its session's end, as lists have it.
            File.SetLastWriteTimeUtc(work, File.GetLastWriteTimeUtc(path));
            File.Move(work, packed, overwrite: false);
            FlushDirectory(path);
            reached?.Invoke(PackingStep.Named);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            TryDelete(work);
            throw new AuditException($"cannot pack {path}: {(exception is InvalidDataException ? exception.Message : FileFault.Describe(exception))}", exception);
        }
        catch (Exception exception) when (exception is AuditException or OperationCanceledException)
        {
            TryDelete(work);
            throw;
        }

        AppendOnlyFlag.TrySet(packed, true);
        reached?.Invoke(PackingStep.Flagged);
        Remove(path, () => reached?.Invoke(PackingStep.Unflagged));
        reached?.Invoke(PackingStep.Removed);
    }

    /// <summary>Removes what a packing that was cut off left beside a recording.</summary>
    public static void RemoveBeside(string path)
    {
        TryDelete(path + WorkEnding);
        string packed = path + PackedEnding;
        if (!File.Exists(packed))
            return;
        AppendOnlyFlag.TrySet(packed, false);
        File.Delete(packed);
    }

    /// <summary>Removes a recording that may have the append-only flag, for good.</summary>
    /// <param name="path">It.</param>
    /// <param name="isUnflagged">Called between.</param>
    /// <exception cref="AuditException">It can't be.</exception>
    public void Remove(string path, Action? isUnflagged = null)
    {
        try
        {
            AppendOnlyFlag.TrySet(path, false);
            isUnflagged?.Invoke();
            File.Delete(path);
            FlushDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot remove {path}: {FileFault.Describe(exception)}", exception);
        }
    }

    void Compare(string path, string packed, string hash, CancellationToken cancelled)
    {
        using (var unpacked = Unpack(packed))
        {
            RecordingVerifier found = RecordingVerifier.Verify(unpacked, new CryptoBlocks());
            if (found.LastHash != hash)
                throw new AuditException($"cannot pack {path}: its packed copy has the hash {(found.LastHash.Length == 0 ? "none" : found.LastHash)}, not {hash}");
        }

        using var again = Unpack(packed);
        using var plain = new FileStream(files.OpenForReading(path), FileAccess.Read, bufferSize: 1);
        byte[] left = new byte[BlockBytes], right = new byte[BlockBytes];
        while (true)
        {
            cancelled.ThrowIfCancellationRequested();
            int length = plain.ReadAtLeast(left, left.Length, throwOnEndOfStream: false);
            int other = again.ReadAtLeast(right, right.Length, throwOnEndOfStream: false);
            if (!left.AsSpan(0, length).SequenceEqual(right.AsSpan(0, other)))
                throw new AuditException($"cannot pack {path}: its packed copy has other bytes");
            if (length == 0)
                return;
        }
    }

    Stream Unpack(string packed) => files.Unzstd(new FileStream(files.OpenForReading(packed), FileAccess.Read, bufferSize: 1), packed);

    void FlushDirectory(string path)
    {
        string directory = Path.GetDirectoryName(path)!;
        using SafeFileHandle handle = files.OpenForReading(directory);
        files.FlushWhole(handle, directory);
    }

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It's tried again at the next packing, which can't begin before.
        }
    }
}
