using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>What was typed on a terminal: texts in quotes and names of keys, <c>"ls -l",&lt;ret&gt;</c>.</summary>
static class TypedKeys
{
    public static void Write(ReadOnlySpan<byte> value, InterpretedText text)
    {
        byte[] decoded = new byte[value.Length];
        if (!EncodedText.TryDecodeHex(value, decoded, out int length))
        {
            text.Append(value);
            return;
        }

        ReadOnlySpan<byte> typed = decoded.AsSpan(0, length);
        KeySequenceTable keys = TerminalKeys.Sequences;
        bool isInText = false;
        int start = text.Bytes.Length;
        while (!typed.IsEmpty)
        {
            if (keys.TryMatch(typed, out int matched, out ReadOnlySpan<byte> name))
            {
                if (isInText)
                    text.AppendByte((byte)'"');
                isInText = false;
                Part(text, start);
                text.AppendByte((byte)'<');
                text.Append(name);
                text.AppendByte((byte)'>');
                typed = typed[matched..];
                continue;
            }

            if (!isInText)
            {
                Part(text, start);
                text.AppendByte((byte)'"');
                isInText = true;
            }

            WriteLetter(typed[0], text);
            typed = typed[1..];
        }

        if (isInText)
            text.AppendByte((byte)'"');
    }

    static void Part(InterpretedText text, int start)
    {
        if (text.Bytes.Length > start)
            text.AppendByte((byte)',');
    }

    static void WriteLetter(byte letter, InterpretedText text)
    {
        if (letter is >= 0x20 and < 0x7F)
        {
            if (letter is (byte)'"' or (byte)'\\')
                text.AppendByte((byte)'\\');
            text.AppendByte(letter);
            return;
        }

        text.AppendByte((byte)'\\');
        text.AppendOctal(letter, 3);
    }
}
