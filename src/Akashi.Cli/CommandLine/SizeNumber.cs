using System.Globalization;

namespace Akashi.Cli.CommandLine;

/// <summary>A size as util-linux's tools take it: <c>1.5KiB</c>, <c>20m</c>, <c>1KB</c>, <c>0x10</c>.</summary>
/// <remarks>
/// Blanks, a plus, a number as C writes it (octal after 0, hexadecimal after 0x), a decimal fraction before a unit, the unit: K, M, G, T, P, E, Z, Y in either
/// case, alone or with iB for powers of 1024, with B for powers of 1000. Source: script(1), and what util-linux 2.38.1 takes.
/// </remarks>
static class SizeNumber
{
    const string Units = "KMGTPEZY";

    /// <summary>Reads one.</summary>
    /// <param name="text">The whole of it.</param>
    /// <param name="size">Bytes; 0 where it can't be read.</param>
    /// <returns>Null, or the reason in the words of strerror(3).</returns>
    public static string? Read(string text, out ulong size)
    {
        const string Invalid = "Invalid argument", TooLarge = "Numerical result out of range";
        size = 0;
        string rest = text.TrimStart(' ', '\t', '\n', '\v', '\f', '\r');
        rest = rest is ['+', ..] ? rest[1..] : rest;
        if (!TryTakeWhole(ref rest, out UInt128 whole))
            return Invalid;
        if (whole > ulong.MaxValue)
            return TooLarge;
        decimal fraction = TakeFraction(ref rest);
        if (rest.Length == 0)
        {
            size = (ulong)whole;
            return fraction == 0 ? null : Invalid;
        }

        int power = Units.IndexOf(char.ToUpperInvariant(rest[0]), StringComparison.Ordinal) + 1;
        string suffix = rest[1..].ToUpperInvariant();
        if (power == 0 || (suffix is not ("" or "B") && !(suffix == "IB" && rest[1] == 'i')))
            return Invalid;
        UInt128 scaled = whole;
        decimal part = fraction;
        for (int unit = suffix == "B" ? 1000 : 1024; power > 0; power--)
        {
            scaled *= (uint)unit;
            part *= unit;
            if (scaled > ulong.MaxValue || part > ulong.MaxValue)
                return TooLarge;
        }

        scaled += (ulong)part;
        size = scaled > ulong.MaxValue ? 0 : (ulong)scaled;
        return scaled > ulong.MaxValue ? TooLarge : null;
    }

    static bool TryTakeWhole(ref string rest, out UInt128 whole)
    {
        bool isHexadecimal = rest is ['0', 'x' or 'X', var digit, ..] && char.IsAsciiHexDigit(digit);
        uint radix = isHexadecimal ? 16u : rest is ['0', ..] ? 8u : 10u;
        int start = isHexadecimal ? 2 : 0, index = start;
        whole = 0;
        for (; index < rest.Length && TryDigit(rest[index], radix, out uint value); index++)
            whole = whole > ulong.MaxValue ? whole : whole * radix + value;
        rest = rest[index..];
        return index > start;
    }

    static bool TryDigit(char letter, uint radix, out uint value)
    {
        value = char.IsAsciiHexDigit(letter) ? uint.Parse([letter], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : radix;
        return value < radix;
    }

    static decimal TakeFraction(ref string rest)
    {
        const int DigitsMax = 18;
        if (rest is not ['.', ..])
            return 0;
        int digits = rest.Skip(1).TakeWhile(char.IsAsciiDigit).Count();
        string kept = rest[1..(1 + Math.Min(digits, DigitsMax))];
        rest = rest[(1 + digits)..];
        return kept.Length == 0 ? 0 : decimal.Parse("0." + kept, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }
}
