using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Names out of tables: one for a number, or all whose bits are set.</summary>
static class NameLookup
{
    /// <summary>Writes a number's name, or <c>unknown-KIND(NUMBER)</c> in decimal.</summary>
    public static void Write(NameTable names, long number, ReadOnlySpan<byte> unknownWord, InterpretedText text)
    {
        if (names.TryGetName(number, out ReadOnlySpan<byte> name))
        {
            text.Append(name);
            return;
        }

        text.Append(unknownWord);
        text.AppendByte((byte)'(');
        text.Append(number);
        text.AppendByte((byte)')');
    }

    /// <summary>Writes a number's name, or <c>unknown-KIND(0xHEX)</c>.</summary>
    public static void WriteOrHex(NameTable names, ulong number, ReadOnlySpan<byte> unknownWord, InterpretedText text)
    {
        if (names.TryGetName((long)number, out ReadOnlySpan<byte> name))
        {
            text.Append(name);
            return;
        }

        text.Append(unknownWord);
        text.Append("(0x"u8);
        text.AppendHex(number);
        text.AppendByte((byte)')');
    }

    /// <summary>Writes the names of all entries that share a bit with the number, joined by bars; 0xHEX where there are none.</summary>
    /// <param name="names">The table.</param>
    /// <param name="number">The bits.</param>
    /// <param name="text">May have names already; they are joined.</param>
    /// <param name="start">Where the value begins in the text.</param>
    public static void WriteBits(NameTable names, ulong number, InterpretedText text, int start)
    {
        for (int index = 0; index < names.Count; index++)
        {
            if (((ulong)names.NumberAt(index) & number) != 0)
                Join(names.NameAt(index), text, start);
        }

        if (text.Bytes.Length == start)
            WriteHex(number, text);
    }

    /// <summary>Writes one more name behind a bar.</summary>
    public static void Join(ReadOnlySpan<byte> name, InterpretedText text, int start)
    {
        if (text.Bytes.Length > start)
            text.AppendByte((byte)'|');
        text.Append(name);
    }

    /// <summary>Writes 0xHEX.</summary>
    public static void WriteHex(ulong number, InterpretedText text)
    {
        text.Append("0x"u8);
        text.AppendHex(number);
    }
}
