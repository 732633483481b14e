using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Akashi.Output;

namespace Akashi.Formats;

/// <summary>Values of a table by RFC 4180: one with a comma, a quote or a line end stands between quotes, and quotes in it are doubled.</summary>
/// <remarks>The table is UTF-8 whatever the trail holds: bytes that aren't become U+FFFD, one for each part that no letter begins with.</remarks>
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
        else if (Utf8.IsValid(bytes))
            output.Write(bytes);
        else
            WriteReplaced(bytes, output);
    }

    static void WriteReplaced(ReadOnlySpan<byte> bytes, Utf8Output output)
    {
        while (!bytes.IsEmpty)
        {
            bool isLetter = Rune.DecodeFromUtf8(bytes, out _, out int taken) == OperationStatus.Done;
            output.Write(isLetter ? bytes[..taken] : "\uFFFD"u8);
            bytes = bytes[taken..];
        }
    }
}
