namespace Akashi.Live;

/// <summary>Here-documents: lines that a program of a text for a shell reads.</summary>
public sealed partial class SecretMask
{
    const int LookBackBytes = 1024;

    // Masked where anything near reads secrets; else its lines are looked at as commands are. Returns where the commands go on.
    int MaskHereDocument(int argument, int start, int delimiterStart, int bodyStart, int end)
    {
        ReadOnlySpan<byte> text = _line[argument];
        if (!ReadsSecret(text[Math.Max(start, delimiterStart - LookBackBytes)..bodyStart]))
            return bodyStart;
        ReadOnlySpan<byte> delimiter = DelimiterOf(text[delimiterStart..bodyStart]);
        int line = bodyStart;
        while (line < end)
        {
            int length = text[line..end].IndexOf((byte)'\n');
            int lineEnd = length < 0 ? end : line + length;
            if (text[line..lineEnd].TrimStart((byte)'\t').SequenceEqual(delimiter))
                break;
            _line.Mask(argument, line, lineEnd);
            line = Math.Min(lineEnd + 1, end);
        }

        return line;
    }

    // <<EOF, << 'EOF', <<-"EOF", <<\EOF.
    static ReadOnlySpan<byte> DelimiterOf(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart("- \t"u8).TrimStart("'\"\\"u8);
        int length = text.IndexOfAny(" \t\r\n'\";|&<>()"u8);
        return length < 0 ? text : text[..length];
    }
}
