using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;
using static Akashi.Linux.Interop.LibZstd;

namespace Akashi.Linux.Compression;

/// <summary>Packs a whole file by the machine's libzstd: a frame with a checksum of what it holds, or two, so that the end can be read without the rest.</summary>
/// <remarks>Frames one behind the other are one text, RFC 8878 section 3.1: zstd(1) unpacks both.</remarks>
public static unsafe class ZstdFile
{
    const int BlockBytes = 128 * 1024;

    /// <summary>Whether the library is there.</summary>
    public static bool IsAvailable => TryLoadPacking();

    /// <summary>Packs a file into a new one, which has its permissions, owner and times, and is on the disk when this returns.</summary>
    /// <param name="source">What is packed, from its beginning.</param>
    /// <param name="target">The new file; it may not be there yet. Where packing fails it's left to the caller.</param>
    /// <param name="level">1 to 19.</param>
    /// <param name="files">The machine's files.</param>
    /// <param name="cancelled">Gives up.</param>
    /// <param name="tailBytes">So many bytes of the end become a frame of their own; 0 for none.</param>
    /// <exception cref="TrailException">The library is missing, or the disk refuses.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Pack(SafeFileHandle source, string target, int level, IFiles files, CancellationToken cancelled, int tailBytes = 0)
    {
        if (!TryLoadPacking())
            throw new TrailException("pack", target, 0, $"{Library} is missing (package libzstd1, on Fedora and its kin libzstd)");
        try
        {
            using SafeFileHandle made = File.OpenHandle(target, FileMode.CreateNew, FileAccess.Write);
            File.SetUnixFileMode(made, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Copy(source, made, target, level, tailBytes, cancelled);
            TakeOver(source, made, target);
            files.FlushWhole(made, target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("pack", target, exception);
        }
    }

    static void Copy(SafeFileHandle source, SafeFileHandle made, string target, int level, int tailBytes, CancellationToken cancelled)
    {
        void* packer = ZSTD_createCCtx();
        if (packer == null)
            throw new TrailException("pack", target, 0, "no memory for packing");
        try
        {
            _ = ZSTD_CCtx_setParameter(packer, ZSTD_c_compressionLevel, level);
            _ = ZSTD_CCtx_setParameter(packer, ZSTD_c_checksumFlag, 1);
            byte[] plain = new byte[BlockBytes], packed = new byte[BlockBytes];
            long read = 0, written = 0, tail = RandomAccess.GetLength(source) - tailBytes;
            while (true)
            {
                cancelled.ThrowIfCancellationRequested();
                bool isBeforeTail = tailBytes > 0 && read < tail;
                int length = RandomAccess.Read(source, plain.AsSpan(0, isBeforeTail ? (int)Math.Min(plain.Length, tail - read) : plain.Length), read);
                read += length;
                written = Feed(packer, plain.AsSpan(0, length), packed, made, target, written);
                if (length == 0)
                    return;
                if (isBeforeTail && read == tail)
                    written = Feed(packer, [], packed, made, target, written);
            }
        }
        finally
        {
            _ = ZSTD_freeCCtx(packer);
        }
    }

    // An empty block ends the frame.
    static long Feed(void* packer, ReadOnlySpan<byte> plain, byte[] packed, SafeFileHandle made, string target, long written)
    {
        fixed (byte* from = plain)
        fixed (byte* to = packed)
        {
            var input = new ZSTD_inBuffer { src = from, size = (nuint)plain.Length };
            while (true)
            {
                var output = new ZSTD_outBuffer { dst = to, size = (nuint)packed.Length };
                nuint left = ZSTD_compressStream2(packer, &output, &input, plain.IsEmpty ? ZSTD_e_end : ZSTD_e_continue);
                if (ZSTD_isError(left) != 0)
                    throw new TrailException("pack", target, 0, "libzstd refuses");
                RandomAccess.Write(made, packed.AsSpan(0, (int)output.pos), written);
                written += (long)output.pos;
                if (plain.IsEmpty ? left == 0 : input.pos == input.size)
                    return written;
            }
        }
    }

    static void TakeOver(SafeFileHandle source, SafeFileHandle made, string target)
    {
        using (var from = new HeldDescriptor(source))
        using (var to = new HeldDescriptor(made))
        {
            statx found;
            if (statx_of(from.Value, "", AT_EMPTY_PATH, STATX_UID | STATX_GID, &found) != 0 || fchown(to.Value, found.stx_uid, found.stx_gid) != 0)
                throw new TrailException("pack", target, Errno, ErrorText.Of(Errno));
        }

        File.SetUnixFileMode(made, File.GetUnixFileMode(source));
        File.SetLastWriteTimeUtc(made, File.GetLastWriteTimeUtc(source));
    }
}
