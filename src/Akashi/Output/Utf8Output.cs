using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace Akashi.Output;

/// <summary>Buffered bytes on their way to a stream: what every tool prints with.</summary>
/// <remarks>Allocates nothing after its buffer. Not for several threads.</remarks>
/// <param name="stream">Where they go; stays open.</param>
/// <param name="flush">When they leave.</param>
/// <param name="escape">What <see cref="WriteEscaped"/> does.</param>
public sealed class Utf8Output(Stream stream, FlushMode flush = FlushMode.Block, EscapeMode escape = EscapeMode.Terminal)
    : IDisposable
{
    const int BufferBytes = 64 * 1024;

    readonly byte[] _buffer = new byte[BufferBytes];
    int _length;

    /// <summary>What <see cref="WriteEscaped"/> does.</summary>
    public EscapeMode Escape { get; } = escape;

    /// <summary>Writes bytes as they are.</summary>
    /// <exception cref="OutputClosedException">The reader went away.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                WriteThrough(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Writes one byte.</summary>
    public void Write(byte value)
    {
        if (_length == _buffer.Length)
            Flush();
        _buffer[_length++] = value;
    }

    /// <summary>Writes text as UTF-8; lone surrogates become U+FFFD.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (_buffer.Length - _length < 4)
                Flush();
            Utf8.FromUtf16(text, _buffer.AsSpan(_length), out int charsUsed, out int bytesUsed);
            _length += bytesUsed;
            text = text[charsUsed..];
            if (!text.IsEmpty)
                Flush();
        }
    }

    /// <summary>Writes a whole number in decimal.</summary>
    public void Write(long number)
    {
        if (_buffer.Length - _length < 20)
            Flush();
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out int written);
        _length += written;
    }

    /// <summary>Writes a whole number in decimal.</summary>
    public void Write(ulong number)
    {
        if (_buffer.Length - _length < 20)
            Flush();
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out int written);
        _length += written;
    }

    /// <summary>Writes bytes with what could harm a terminal or a shell line replaced, by <see cref="Escape"/>.</summary>
    public void WriteEscaped(ReadOnlySpan<byte> bytes) => WriteIn(Escape, bytes);

    /// <summary>Writes bytes with what could harm a terminal replaced, unless <see cref="Escape"/> is Raw.</summary>
    public void WriteControlEscaped(ReadOnlySpan<byte> bytes) =>
        WriteIn(Escape == EscapeMode.Raw ? EscapeMode.Raw : EscapeMode.Terminal, bytes);

    /// <summary>Whether <see cref="WriteControlEscaped"/> would write bytes as they are.</summary>
    public bool IsControlFree(ReadOnlySpan<byte> bytes) =>
        Escape == EscapeMode.Raw || !bytes.ContainsAny(Escaping.SpecialBytes(EscapeMode.Terminal));

    void WriteIn(EscapeMode mode, ReadOnlySpan<byte> bytes)
    {
        if (mode == EscapeMode.Raw)
        {
            Write(bytes);
            return;
        }

        SearchValues<byte> special = Escaping.SpecialBytes(mode);
        while (true)
        {
            int index = bytes.IndexOfAny(special);
            if (index < 0)
                break;
            Write(bytes[..index]);
            WriteSpecial(bytes[index]);
            bytes = bytes[(index + 1)..];
        }

        Write(bytes);
    }

    /// <summary>Marks the end of a line or an event: a line feed, and a flush where the mode is Line.</summary>
    public void EndLine()
    {
        Write((byte)'\n');
        EndBlock();
    }

    /// <summary>Marks the end of an event without a line feed of its own.</summary>
    public void EndBlock()
    {
        if (flush == FlushMode.Line)
            Flush();
    }

    /// <summary>Sends what is buffered.</summary>
    /// <exception cref="OutputClosedException">The reader went away.</exception>
    public void Flush()
    {
        int length = _length;
        _length = 0;
        WriteThrough(_buffer.AsSpan(0, length));
    }

    /// <summary>Sends what is buffered; a reader that went away is not an error any more.</summary>
    public void Dispose()
    {
        try
        {
            Flush();
        }
        catch (OutputClosedException)
        {
        }
    }

    void WriteSpecial(byte value)
    {
        Write((byte)'\\');
        if (value is >= 0x20 and not 0x7F)
        {
            Write(value);
            return;
        }

        Write((byte)('0' + (value >> 6)));
        Write((byte)('0' + ((value >> 3) & 7)));
        Write((byte)('0' + (value & 7)));
    }

    void WriteThrough(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        try
        {
            stream.Write(bytes);
            stream.Flush();
        }
        catch (IOException exception)
        {
            throw new OutputClosedException(exception);
        }
    }
}
