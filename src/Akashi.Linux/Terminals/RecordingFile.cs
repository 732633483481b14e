using System.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>A file that a session is recorded into: written in groups, and at the latest 200 ms after.</summary>
/// <remarks>Opened to append by open(2) itself, so that files with the append-only flag (chattr +a) take it; .NET's way would seek.</remarks>
public sealed unsafe class RecordingFile : IDisposable
{
    /// <summary>How long a byte may wait in memory: what a kill -9 costs.</summary>
    public const int FlushMilliseconds = 200;

    const int BufferLength = 1 << 16;
    const uint ModeOfNewFiles = 0x1B6;

    readonly SafeFileHandle _handle;
    readonly int _descriptor;
    readonly byte[] _buffer = new byte[BufferLength];
    int _length;
    long _oldest;

    RecordingFile(string path, int descriptor, bool ownsHandle)
    {
        Path = path;
        _descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Why the first write that failed did; 0 for none did.</summary>
    public int Errno { get; private set; }

    /// <summary>The same in words.</summary>
    public string Reason => ErrorText.Of(Errno);

    /// <summary>Opens a file, made where it's missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="appends">Whether what is there stays; else it's cut to nothing.</param>
    /// <exception cref="AuditException">It can't be opened.</exception>
    public static RecordingFile Open(string path, bool appends)
    {
        int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | (appends ? O_APPEND : O_TRUNC), ModeOfNewFiles);
        return descriptor >= 0
            ? new RecordingFile(path, descriptor, ownsHandle: true)
            : throw new AuditException($"cannot open {path}: {ErrorText.Of(Interop.LibC.Errno)}");
    }

    /// <summary>Opens a file whose name nobody gave, made where it's missing: it may be no link, whatever is done to its name meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="appends">Whether what is there stays; else it's cut to nothing, once it's known what it is.</param>
    /// <exception cref="AuditException">It can't be opened, or is none to write to.</exception>
    public static RecordingFile OpenUnnamed(string path, bool appends)
    {
        int descriptor = GuardedOpening.Open(path, O_WRONLY | O_CREAT | (appends ? O_APPEND : 0), ModeOfNewFiles, isNamed: false, out string? reason);
        if (reason is null && !appends && ftruncate(descriptor, 0) != 0)
        {
            reason = ErrorText.Of(Interop.LibC.Errno);
            _ = close(descriptor);
        }

        return reason is null ? new RecordingFile(path, descriptor, ownsHandle: true) : throw new AuditException($"cannot open {path}: {reason}");
    }

    /// <summary>Standard error, as a recording's file.</summary>
    public static RecordingFile StandardError() => new("/dev/stderr", 2, ownsHandle: false);

    /// <summary>Milliseconds until it must be flushed; -1 where nothing waits.</summary>
    public int MillisecondsLeft => _length == 0
        ? -1
        : Math.Max(0, FlushMilliseconds - (int)Stopwatch.GetElapsedTime(_oldest).TotalMilliseconds);

    /// <summary>Adds bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > BufferLength)
            Flush();
        if (bytes.Length > BufferLength)
        {
            WriteOut(bytes);
            return;
        }

        if (_length == 0)
            _oldest = Stopwatch.GetTimestamp();
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Hands what waits to the kernel.</summary>
    public void Flush()
    {
        WriteOut(_buffer.AsSpan(0, _length));
        _length = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _handle.Dispose();
    }

    // A full disk doesn't end the session: the fault is kept, for whoever asks.
    void WriteOut(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                nint count = write(_descriptor, start + done, (nuint)(bytes.Length - done));
                if (count < 0 && Interop.LibC.Errno == EINTR)
                    continue;
                if (count <= 0)
                {
                    Errno = Errno == 0 ? Interop.LibC.Errno : Errno;
                    return;
                }

                done += (int)count;
            }
        }
    }
}
