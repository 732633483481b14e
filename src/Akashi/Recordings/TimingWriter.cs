using System.Buffers.Text;

namespace Akashi.Recordings;

/// <summary>Writes the lines of a timing file: the mirror of <see cref="TimingReader"/>.</summary>
/// <remarks>
/// <code>
/// 0.010151 4                                  classic: seconds, six digits of microseconds, bytes
/// O 0.010151 4                                advanced: I and O likewise
/// S 0.201731 SIGWINCH ROWS=30 COLS=100        a signal
/// H 0.000000 START_TIME 2026-11-21 14:04:36+00:00
/// </code>
/// Source: script(1), and what util-linux 2.38.1 writes.
/// </remarks>
public static class TimingWriter
{
    /// <summary>The longest line of bytes: a type, two numbers of 20 digits, a fraction, blanks, the line feed.</summary>
    public const int LineLengthMax = 64;

    const int MicrosecondsPerSecond = 1_000_000;
    const int FractionDigits = 6;

    /// <summary>Writes a line for bytes of a stream.</summary>
    /// <param name="destination">At least <see cref="LineLengthMax"/> bytes.</param>
    /// <param name="format">Which line.</param>
    /// <param name="kind">Input or output.</param>
    /// <param name="delayMicroseconds">From 0.</param>
    /// <param name="size">Bytes.</param>
    /// <returns>The length of the line.</returns>
    public static int WriteBytes(Span<byte> destination, TimingFormat format, TimingKind kind, long delayMicroseconds, long size)
    {
        int length = WriteDelay(destination, format, kind, delayMicroseconds);
        Utf8Formatter.TryFormat(size, destination[length..], out int digits);
        length += digits;
        destination[length++] = (byte)'\n';
        return length;
    }

    /// <summary>A line for a signal or a header; line feeds in it become blanks, so that a command can't forge an entry.</summary>
    /// <param name="kind">Signal or header.</param>
    /// <param name="delayMicroseconds">From 0.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; empty for none.</param>
    public static byte[] MakeNamed(TimingKind kind, long delayMicroseconds, string name, string value)
    {
        Span<byte> start = stackalloc byte[LineLengthMax];
        int length = WriteDelay(start, TimingFormat.Advanced, kind, delayMicroseconds);
        string text = (value.Length == 0 ? name : $"{name} {value}").Replace('\n', ' ') + "\n";
        return [.. start[..length], .. System.Text.Encoding.UTF8.GetBytes(text)];
    }

    static int WriteDelay(Span<byte> destination, TimingFormat format, TimingKind kind, long delayMicroseconds)
    {
        int length = 0;
        if (format == TimingFormat.Advanced)
        {
            destination[length++] = (byte)kind;
            destination[length++] = (byte)' ';
        }

        Utf8Formatter.TryFormat(delayMicroseconds / MicrosecondsPerSecond, destination[length..], out int digits);
        length += digits;
        destination[length++] = (byte)'.';
        long rest = delayMicroseconds % MicrosecondsPerSecond;
        Utf8Formatter.TryFormat(rest, destination[length..], out digits, new('D', FractionDigits));
        length += digits;
        destination[length++] = (byte)' ';
        return length;
    }
}
