using System.Buffers.Text;

namespace Akashi.Search.Conditions;

/// <summary>Numbers as the kernel and the programs write them: decimal, with a minus sign where negative, without zeros before them.</summary>
public static class FieldNumber
{
    /// <summary>Reads a whole value.</summary>
    /// <returns>False, and 0, where it has another shape: a number is looked for by its digits, so that 007 is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out long number)
    {
        ReadOnlySpan<byte> digits = value.StartsWith("-"u8) ? value[1..] : value;
        if (digits.Length > 1 && digits[0] == '0')
        {
            number = 0;
            return false;
        }

        return Utf8Parser.TryParse(value, out number, out int used) && used == value.Length && digits.Length > 0 && digits[0] != '+';
    }
}
