namespace Akashi.Cli.Scriptreplay;

/// <summary>A log whose first line, script's own, is passed over.</summary>
sealed class ReplayLog : IDisposable
{
    const int BufferLength = 1 << 16;

    readonly FileStream _stream;
    readonly byte[] _buffer = new byte[BufferLength];

    public ReplayLog(string path)
    {
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        int next;
        do
            next = _stream.ReadByte();
        while (next is >= 0 and not '\n');
    }

    /// <summary>Copies bytes to the screen.</summary>
    /// <param name="size">How many; may lie.</param>
    /// <param name="output">The screen.</param>
    /// <param name="changesReturns">Whether carriage returns become line feeds.</param>
    /// <returns>False where the log ended before.</returns>
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
            output.Write(bytes);
            size -= (ulong)count;
        }

        output.Flush();
        return true;
    }

    public void Dispose() => _stream.Dispose();
}
