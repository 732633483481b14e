using Akashi.Records;

namespace Akashi.Cli.Ausearch.Checkpoints;

/// <summary>Numbers of a checkpoint file as strtoul(3) and scanf(3) read them: blanks before, an end where the digits end, 0 for none.</summary>
static class Digits
{
    const ulong SecondsMax = (ulong)EventStamp.UnixMillisecondsMax / 1000;
    const int MillisecondsDigits = 3;

    /// <summary>Hexadecimal digits with or without <c>0x</c>.</summary>
    /// <returns>False where the number doesn't fit, which is 0 then.</returns>
    public static bool TryReadHex(ReadOnlySpan<char> text, out ulong number)
    {
        text = text.TrimStart(' ');
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            text = text[2..];
        return TryTake(ref text, 16, int.MaxValue, out number, out _);
    }

    /// <summary>Decimal digits; hexadecimal ones behind <c>0x</c>.</summary>
    /// <returns>False where the number doesn't fit, which is 0 then.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out ulong number)
    {
        text = text.TrimStart(' ');
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? TryReadHex(text, out number)
            : TryTake(ref text, 10, int.MaxValue, out number, out _);
    }

    /// <summary>A stamp, blanks, and a type behind <c>0x</c>.</summary>
    public static bool TryReadEvent(ReadOnlySpan<char> text, out EventStamp stamp, out uint type)
    {
        stamp = default;
        type = 0;
        if (!TryTakeSome(ref text, 10, int.MaxValue, out ulong seconds) || seconds > SecondsMax || !TryPass(ref text, ".")
            || !TryTakeSome(ref text, 10, MillisecondsDigits, out ulong milliseconds) || !TryPass(ref text, ":")
            || !TryTakeSome(ref text, 10, int.MaxValue, out ulong serial) || !text.StartsWith(" "))
            return false;
        text = text.TrimStart(' ');
        if (!TryPass(ref text, "0x") || !TryTakeSome(ref text, 16, int.MaxValue, out ulong number))
            return false;
        stamp = new EventStamp((long)((seconds * 1000) + milliseconds), serial);
        type = (uint)number;
        return true;
    }

    static bool TryPass(ref ReadOnlySpan<char> text, string expected)
    {
        bool isThere = text.StartsWith(expected);
        if (isThere)
            text = text[expected.Length..];
        return isThere;
    }

    static bool TryTakeSome(ref ReadOnlySpan<char> text, uint numberBase, int digitsMax, out ulong number)
    {
        text = text.TrimStart(' ');
        if (text.StartsWith("+"))
            text = text[1..];
        return TryTake(ref text, numberBase, digitsMax, out number, out int digits) && digits > 0;
    }

    static bool TryTake(ref ReadOnlySpan<char> text, uint numberBase, int digitsMax, out ulong number, out int digits)
    {
        number = 0;
        for (digits = 0; digits < digitsMax && digits < text.Length && char.IsAsciiHexDigit(text[digits]); digits++)
        {
            char letter = text[digits];
            uint digit = (uint)(char.IsAsciiDigit(letter) ? letter - '0' : (letter | 0x20) - 'a' + 10);
            if (digit >= numberBase)
                break;
            if (number > (ulong.MaxValue - digit) / numberBase)
            {
                number = 0;
                return false;
            }

            number = (number * numberBase) + digit;
        }

        text = text[digits..];
        return true;
    }
}
