using System.Buffers.Text;

namespace Akashi.Records;

/// <summary>When an event happened and which it was: <c>1626611363.720:348501</c>. With the node it is the event's id.</summary>
/// <remarks>
/// The text is what the kernel prints as "%llu.%03lu:%u" (kernel/audit.c, audit_log_start): seconds since the epoch, a dot,
/// milliseconds, a colon, the serial. The daemon's own records have the same shape.
/// Holding one proves that the text had this shape and that no number overflowed; not that the clock was right.
/// </remarks>
/// <param name="UnixMilliseconds">Milliseconds since the epoch, 0 to <see cref="UnixMillisecondsMax"/>.</param>
/// <param name="Serial">The kernel's number of the event; rises by one an event, starts anew at boot.</param>
public readonly record struct EventStamp(long UnixMilliseconds, ulong Serial) : IComparable<EventStamp>
{
    /// <summary>The longest text: 15 digits, a dot, 3 digits, a colon, 20 digits.</summary>
    public const int TextBytesMax = 40;

    /// <summary>The latest time that can be held: 15 digits of seconds, some 31 million years.</summary>
    public const long UnixMillisecondsMax = 999_999_999_999_999_999;

    const int SecondsDigitsMax = 15;
    const int SerialDigitsMax = 20;

    /// <summary>Whole seconds since the epoch.</summary>
    public long UnixSeconds => UnixMilliseconds / 1000;

    /// <summary>The milliseconds of the second, 0 to 999.</summary>
    public int Milliseconds => (int)(UnixMilliseconds % 1000);

    /// <summary>Reads a stamp from the beginning of a text.</summary>
    /// <param name="text">Bytes that begin with a stamp; what follows it is not looked at.</param>
    /// <param name="stamp">The stamp; the default where there is none.</param>
    /// <param name="length">The bytes it took; 0 where there is none.</param>
    /// <returns>False where the text has another shape or a number overflows.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out EventStamp stamp, out int length)
    {
        stamp = default;
        length = 0;
        if (!TryReadDigits(text, SecondsDigitsMax, out ulong seconds, out int index))
            return false;
        if (index + 4 >= text.Length || text[index] != '.' || text[index + 4] != ':')
            return false;

        uint hundreds = (uint)text[index + 1] - '0';
        uint tens = (uint)text[index + 2] - '0';
        uint ones = (uint)text[index + 3] - '0';
        if (hundreds > 9 || tens > 9 || ones > 9)
            return false;
        if (!TryReadDigits(text[(index + 5)..], SerialDigitsMax, out ulong serial, out int serialLength))
            return false;

        stamp = new EventStamp(((long)seconds * 1000) + (hundreds * 100) + (tens * 10) + ones, serial);
        length = index + 5 + serialLength;
        return true;
    }

    /// <summary>Writes the text that <see cref="TryParse"/> reads.</summary>
    /// <param name="destination">At least <see cref="TextBytesMax"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public int Format(Span<byte> destination)
    {
        Utf8Formatter.TryFormat(UnixSeconds, destination, out int length);
        int milliseconds = Milliseconds;
        destination[length] = (byte)'.';
        destination[length + 1] = (byte)('0' + (milliseconds / 100));
        destination[length + 2] = (byte)('0' + (milliseconds / 10 % 10));
        destination[length + 3] = (byte)('0' + (milliseconds % 10));
        destination[length + 4] = (byte)':';
        Utf8Formatter.TryFormat(Serial, destination[(length + 5)..], out int serialLength);
        return length + 5 + serialLength;
    }

    /// <summary>Orders by time, then by serial.</summary>
    public int CompareTo(EventStamp other)
    {
        int byTime = UnixMilliseconds.CompareTo(other.UnixMilliseconds);
        return byTime != 0 ? byTime : Serial.CompareTo(other.Serial);
    }

    /// <summary>The stamp's text.</summary>
    public override string ToString() => $"{UnixSeconds}.{Milliseconds:000}:{Serial}";

    // Utf8Parser takes signs and is no faster here; 20 digits may overflow 64 bits, which counts as malformed.
    static bool TryReadDigits(ReadOnlySpan<byte> text, int digitsMax, out ulong number, out int length)
    {
        number = 0;
        length = 0;
        while (length < text.Length)
        {
            uint digit = (uint)text[length] - '0';
            if (digit > 9)
                break;
            if (length >= digitsMax || (length == 19 && OverflowsBy(number, digit)))
                return false;
            number = (number * 10) + digit;
            length++;
        }

        return length > 0;
    }

    static bool OverflowsBy(ulong number, uint digit) => number > (ulong.MaxValue - digit) / 10;
}
