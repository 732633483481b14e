using System.IO.Compression;
using Akashi.Host;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Recordings;

/// <summary>Opens recordings of any format it knows.</summary>
static class RecordingFiles
{
    const int UnpackedBytesMax = 256 << 20;
    const int InputBytesMax = 1 << 30;

    /// <summary>Opens one.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="path">The file.</param>
    /// <param name="timingPath">The timing file of a typescript; null for none.</param>
    /// <exception cref="AuditException">It can't be read, or isn't a recording.</exception>
    public static IRecordingReader Open(IHost host, string path, string? timingPath) => Open(host, OpenPlain(host, path), path, timingPath);

    /// <summary>Opens one that somebody handed over.</summary>
    /// <exception cref="AuditException">It isn't a recording.</exception>
    public static IRecordingReader Open(IHost host, SafeFileHandle given, string name) => Open(host, OpenPlain(host, given, name), name, null);

    /// <summary>Opens one that is open as a file.</summary>
    /// <exception cref="AuditException">It isn't a recording.</exception>
    public static IRecordingReader Open(IHost host, Stream file, string path, string? timingPath)
    {
        if (timingPath is not null)
            return new TypescriptReader(file, OpenPlain(host, timingPath));
        if (AsciicastReader.TryOpen(file, out AsciicastReader? reader))
            return reader!;
        file.Position = 0;
        if (file.Length <= ListedRecording.FileBytesMax)
        {
            byte[] whole = new byte[file.Length];
            int length = file.ReadAtLeast(whole, whole.Length, throwOnEndOfStream: false);
            if (ListedRecording.TryOpen(whole.AsSpan(0, length), out ListedRecording? listed))
                return listed!;
        }

        if (TtyrecReader.TryOpen(file, out TtyrecReader? frames))
            return frames!;
        throw new AuditException($"cannot read {path}: neither an asciicast (version 1, 2 or 3), nor a ttyrec, nor, without a timing file (--timing FILE), a typescript");
    }

    /// <summary>Opens a file that can be sought in; a packed one (gzip, zstd) is unpacked into memory, 256 MB at most.</summary>
    /// <exception cref="AuditException">It can't be read, or holds more.</exception>
    public static Stream OpenPlain(IHost host, string path) => UnpackWhole(OpenOnward(host, path), path);

    /// <summary>As <see cref="OpenPlain(IHost, string)"/>, for one that somebody handed over; owned.</summary>
    public static Stream OpenPlain(IHost host, SafeFileHandle given, string name) =>
        UnpackWhole(Onward(host, new FileStream(given, FileAccess.Read, bufferSize: 1), name), name);

    static Stream UnpackWhole(Stream file, string path)
    {
        if (file.CanSeek)
            return file;
        using (file)
            return Unpack(file, path, UnpackedBytesMax);
    }

    /// <summary>Opens a file to be read once from beginning to end; a packed one is unpacked as it's read, as far as it is whole.</summary>
    /// <exception cref="AuditException">It can't be read.</exception>
    public static Stream OpenOnward(IHost host, string path) => Onward(host, OpenRaw(host, path), path);

    /// <summary>Standard input to its end, 1 GB at most, to be read once; a packed one is unpacked as it's read.</summary>
    public static Stream OpenInput(Invocation invocation) =>
        Onward(invocation.Host, Unpack(invocation.Input, "standard input", InputBytesMax), "standard input");

    static Stream Onward(IHost host, Stream file, string path)
    {
        Span<byte> magic = stackalloc byte[4];
        int length = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        bool isGzip = length >= 2 && magic[0] == 0x1F && magic[1] == 0x8B;
        bool isZstd = length == 4 && magic.SequenceEqual((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]);
        if (!isGzip && !isZstd)
            return file;
        return new UnpackedStream(isGzip ? new GZipStream(file, CompressionMode.Decompress) : host.Files.Unzstd(file, path), file);
    }

    /// <summary>Opens a file as it is.</summary>
    public static FileStream OpenRaw(IHost host, string path)
    {
        if (host.Files.KindOf(path) == FileKind.Directory)
            throw new AuditException($"cannot read {path}: it is a directory, not a recording");
        SafeFileHandle handle = host.Files.OpenForReading(path);
        var file = new FileStream(handle, FileAccess.Read, bufferSize: 1);
        if (!file.CanSeek)
            throw new AuditException($"cannot read {path}: it must be a file, not a pipe");
        return file;
    }

    static MemoryStream Unpack(Stream packed, string path, int bytesMax)
    {
        var unpacked = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = packed.Read(buffer)) > 0;)
        {
            if (unpacked.Length + count > bytesMax)
                throw new AuditException($"cannot read {path}: it holds more than {bytesMax >> 20} MB unpacked; unpack it to a file first (gunzip, unzstd)");
            unpacked.Write(buffer, 0, count);
        }

        unpacked.Position = 0;
        return unpacked;
    }
}
