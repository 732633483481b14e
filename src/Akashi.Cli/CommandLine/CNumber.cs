using System.Globalization;

namespace Akashi.Cli.CommandLine;

/// <summary>A number as strtod(3) reads it: decimal, hexadecimal (<c>0x1.8p3</c>), <c>inf</c>, <c>nan</c>; blanks before it, nothing after it.</summary>
static class CNumber
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The whole of it.</param>
    /// <param name="value">The number; 0 where it can't be read.</param>
    /// <param name="isOutOfRange">Whether it's too large, or too near to 0: strtod's ERANGE.</param>
    /// <returns>False where it's no number.</returns>
    public static bool TryRead(string text, out double value, out bool isOutOfRange)
    {
        string rest = text.TrimStart(' ', '\t', '\n', '\v', '\f', '\r');
        bool isNegative = rest is ['-', ..];
        rest = rest is ['+' or '-', ..] ? rest[1..] : rest;
        isOutOfRange = false;
        if (!TryReadNamed(rest, out value))
        {
            bool isRead = rest is ['0', 'x' or 'X', ..] ? TryReadHexadecimal(rest[2..], out value) : TryReadDecimal(rest, out value);
            if (!isRead)
                return false;
            isOutOfRange = !double.IsNormal(value) && (value != 0 || rest.TakeWhile(letter => letter is not ('e' or 'E' or 'p' or 'P')).Any(letter => letter is >= '1' and <= '9'));
        }

        value = isNegative ? -value : value;
        return true;
    }

    static bool TryReadNamed(string text, out double value)
    {
        string name = text.ToUpperInvariant();
        value = name.StartsWith("NAN", StringComparison.Ordinal) ? double.NaN : double.PositiveInfinity;
        return name is "INF" or "INFINITY" or "NAN";
    }

    // .NET's own reading would take a sign or blanks here, too.
    static bool TryReadDecimal(string text, out double value)
    {
        value = 0;
        return text is [(>= '0' and <= '9') or '.', ..] && char.IsAsciiLetterOrDigit(text[^1]) | text[^1] == '.'
            && double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    static bool TryReadHexadecimal(string text, out double value)
    {
        value = 0;
        int index = 0, digits = 0, exponent = 0;
        bool isFraction = false;
        for (; index < text.Length && (char.IsAsciiHexDigit(text[index]) || (text[index] == '.' && !isFraction)); index++)
        {
            if (text[index] == '.')
            {
                isFraction = true;
                continue;
            }

            value = value * 16 + int.Parse([text[index]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            exponent -= isFraction ? 4 : 0;
            digits++;
        }

        int power = 0;
        bool isWhole = index == text.Length
            || (text[index] is 'p' or 'P' && int.TryParse(text[(index + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power));
        value = Math.ScaleB(value, exponent + power);
        return isWhole && digits > 0;
    }
}
