using System.Buffers.Text;

namespace Akashi.Interpretation;

/// <summary>Numbers as records have them: decimal, hexadecimal without a prefix, octal.</summary>
static class RawNumber
{
    /// <summary>Reads a whole decimal value, with or without a sign.</summary>
    public static bool TryDecimal(ReadOnlySpan<byte> value, out long number)
    {
        if (Utf8Parser.TryParse(value, out number, out int used) && used == value.Length)
            return true;
        number = 0;
        return false;
    }

    /// <summary>Reads a whole value of 1 to 16 hexadecimal digits.</summary>
    public static bool TryHex(ReadOnlySpan<byte> value, out ulong number)
    {
        if (value.StartsWith("0x"u8))
            value = value[2..];
        if (Utf8Parser.TryParse(value, out number, out int used, 'x') && used == value.Length)
            return true;
        number = 0;
        return false;
    }

    /// <summary>Reads a whole value of octal digits that fits 32 bits.</summary>
    public static bool TryOctal(ReadOnlySpan<byte> value, out uint number)
    {
        number = 0;
        if (value.IsEmpty || value.Length > 11)
            return false;
        ulong sum = 0;
        foreach (byte digit in value)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return false;
            sum = (sum << 3) | (uint)(digit - '0');
        }

        number = (uint)sum;
        return sum <= uint.MaxValue;
    }

    /// <summary>What is written for a value that is no number.</summary>
    public static void WriteFault(ReadOnlySpan<byte> value, InterpretedText text)
    {
        text.Append("conversion error("u8);
        text.Append(value);
        text.AppendByte((byte)')');
    }
}
