using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Scriptreplay;

/// <summary>A log whose first line, script's own, is passed over.</summary>
sealed class ReplayLog : IDisposable
{
    const int BufferLength = 1 << 16;

    readonly FileStream _stream;
    readonly byte[] _buffer = new byte[BufferLength];

    /// <summary>Opens one.</summary>
    /// <exception cref="AuditException">It can't be opened or read.</exception>
    public ReplayLog(string path)
    {
        Path = path;
        _stream = OpenFile(path);
        int next;
        do
            next = _stream.ReadByte();
        while (next is >= 0 and not '\n');
    }

    /// <summary>The file, as it was named.</summary>
    public string Path { get; }

    /// <summary>Opens a log or a timing file; a pipe will do.</summary>
    /// <exception cref="AuditException">It can't be opened; the words are fopen(3)'s.</exception>
    public static FileStream OpenFile(string path)
    {
        try
        {
            if (path.Length == 0)
                throw new FileNotFoundException();
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A directory is refused by .NET itself, as if access were denied.
            string reason = Directory.Exists(path) ? "Is a directory" : FileFault.Describe(exception);
            throw new AuditException($"cannot open {path}: {reason}");
        }
    }

    /// <summary>Copies bytes to the screen.</summary>
    /// <param name="size">How many; may lie.</param>
    /// <param name="output">The screen.</param>
    /// <param name="changesReturns">Whether carriage returns become line feeds.</param>
    /// <returns>False where the log ended before.</returns>
    /// <exception cref="OutputClosedException">The screen can't be written.</exception>
    public bool TryCopy(ulong size, Stream output, bool changesReturns)
    {
        while (size > 0)
        {
            int count = _stream.Read(_buffer, 0, (int)Math.Min(size, BufferLength));
            if (count == 0)
                return false;
            Span<byte> bytes = _buffer.AsSpan(0, count);
            if (changesReturns)
                bytes.Replace((byte)'\r', (byte)'\n');
            Write(output, bytes);
            size -= (ulong)count;
        }

        return true;
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Writes to the screen.</summary>
    /// <exception cref="OutputClosedException">It can't be written.</exception>
    public static void Write(Stream output, ReadOnlySpan<byte> bytes)
    {
        try
        {
            output.Write(bytes);
            output.Flush();
        }
        catch (IOException exception)
        {
            throw new OutputClosedException(exception);
        }
    }
}
