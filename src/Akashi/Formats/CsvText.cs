using System.Buffers;
using Akashi.Output;

namespace Akashi.Formats;

/// <summary>Values of a table by RFC 4180: one with a comma, a quote or a line end stands between quotes, and quotes in it are doubled.</summary>
public static class CsvText
{
    static readonly SearchValues<byte> s_special = SearchValues.Create(",\"\r\n"u8);

    /// <summary>Writes a value.</summary>
    /// <param name="value">Any bytes.</param>
    /// <param name="isTerminal">Whether a person looks at it: then control bytes are escaped by the output's rules.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(ReadOnlySpan<byte> value, bool isTerminal, Utf8Output output)
    {
        bool isQuoted = value.IndexOfAny(s_special) >= 0;
        if (isQuoted)
            output.Write((byte)'"');
        while (isQuoted)
        {
            int quote = value.IndexOf((byte)'"');
            if (quote < 0)
                break;
            WriteBytes(value[..(quote + 1)], isTerminal, output);
            output.Write((byte)'"');
            value = value[(quote + 1)..];
        }

        WriteBytes(value, isTerminal, output);
        if (isQuoted)
            output.Write((byte)'"');
    }

    static void WriteBytes(ReadOnlySpan<byte> bytes, bool isTerminal, Utf8Output output)
    {
        if (isTerminal)
            output.WriteEscaped(bytes);
        else
            output.Write(bytes);
    }
}
