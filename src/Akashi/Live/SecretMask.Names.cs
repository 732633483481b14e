namespace Akashi.Live;

/// <summary>Assignments, headers and URLs: secrets that are known by what stands before them.</summary>
public sealed partial class SecretMask
{
    void MaskAssignments(ref WordState words, int argument, int start, int end, AssignmentEnd ends)
    {
        ReadOnlySpan<byte> word = _line[argument][start..end];
        int from = 0;
        while (true)
        {
            int sign = word[from..].IndexOfAny((byte)'=', (byte)':');
            if (sign < 0)
                break;
            sign += from;
            from = sign + 1;
            int nameStart = NameBefore(word, sign, out int nameEnd);
            bool isPath = nameStart > 0 && word[nameStart - 1] == '/' && word[sign] == ':';
            if (nameStart == nameEnd || isPath || !IsSecretBefore(word, nameStart, nameEnd, sign))
                continue;
            if (sign == word.Length - 1 && word[sign] == ':')
                ExpectValue(ref words, word[nameStart..nameEnd]);
            int valueEnd = EndOfValue(word, nameStart, sign, ends, out int valueStart);
            _line.Mask(argument, start + valueStart, start + valueEnd);
            from = valueEnd;
        }
    }

    // The value is the next word; of a header all that follow.
    static void ExpectValue(ref WordState words, ReadOnlySpan<byte> name)
    {
        if (SecretName.IsHeader(name))
            words.MasksOperands = true;
        else
            words.ExpectNext(SecretPart.Whole, isLoose: false);
    }

    // --password X, -storepass X; --no-password and --ask-pass take nothing.
    static bool IsSecretOption(ReadOnlySpan<byte> word)
    {
        if (word.Length < 5 || word[0] != '-' || word.StartsWith("--no-"u8) || word.StartsWith("--ask-"u8))
            return false;
        foreach (byte value in word)
        {
            if (!SecretName.IsNameByte(value))
                return false;
        }

        return SecretName.IsSecret(word) || SecretName.IsAbbreviated(word);
    }

    static bool IsSecretBefore(ReadOnlySpan<byte> word, int nameStart, int nameEnd, int sign)
    {
        ReadOnlySpan<byte> name = word[nameStart..nameEnd];
        return SecretName.IsSecret(name) || (word[sign] == '=' && SecretName.IsAbbreviated(name));
    }

    // The name may stand between quotes, as JSON has it.
    static int NameBefore(ReadOnlySpan<byte> word, int sign, out int nameEnd)
    {
        nameEnd = sign;
        while (nameEnd > 0 && word[nameEnd - 1] is (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'\\')
            nameEnd--;
        int nameStart = nameEnd;
        while (nameStart > 0 && SecretName.IsNameByte(word[nameStart - 1]))
            nameStart--;
        return nameStart;
    }

    // Programs that run others take NAME=value as it is; an option without blanks is no text for a shell; a header is a line, cookies hold semicolons.
    static AssignmentEnd EndFor(in WordState words, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> word, int depth)
    {
        bool isPrefix = depth == 0 && words.Runner is not null && !words.HasProgram && !words.IsNextValue;
        bool isOption = depth == 0 && word.StartsWith("-"u8) && word.IndexOfAny(" \t\r\n"u8) < 0;
        if (isPrefix || isOption)
            return AssignmentEnd.Word;
        return IsHeaderOption(previous) || IsHeaderOption(word) ? AssignmentEnd.Line : AssignmentEnd.Command;
    }

    static bool IsHeaderOption(ReadOnlySpan<byte> word) =>
        word.StartsWith("-H"u8) || word.StartsWith("--header"u8) || word.StartsWith("--proxy-header"u8);

    // A word that begins with the name is an assignment, blanks and all, and nothing else up to where a command would end; inside a word quotes, or a
    // blank, end the value.
    static int EndOfValue(ReadOnlySpan<byte> word, int nameStart, int sign, AssignmentEnd ends, out int valueStart)
    {
        valueStart = sign + 1;
        while (valueStart < word.Length && word[valueStart] is (byte)' ' or (byte)'\\')
            valueStart++;
        if (nameStart == 0)
        {
            return ends switch
            {
                AssignmentEnd.Word => word.Length,
                AssignmentEnd.Line => EndBefore(word, valueStart, "\r\n"u8),
                _ => EndOfCommand(word, valueStart),
            };
        }

        if (valueStart < word.Length && word[valueStart] is (byte)'"' or (byte)'\'')
            return EndOfQuoted(word, ref valueStart);
        if (word[sign] == ':')
            return EndBefore(word, valueStart, ends == AssignmentEnd.Command ? ";&|\"'\r\n"u8 : "\"'\r\n"u8);
        return EndBefore(word, valueStart, " \t\r\n&\"'"u8);
    }

    // Before ; & | and line ends outside of quotes; a quote that nothing closes is none.
    static int EndOfCommand(ReadOnlySpan<byte> word, int index)
    {
        while (index < word.Length && word[index] is not ((byte)';' or (byte)'&' or (byte)'|' or (byte)'\r' or (byte)'\n'))
        {
            int step = word[index] == '\\' ? 2 : 1;
            if (word[index] is (byte)'"' or (byte)'\'')
                step = Math.Max(word[(index + 1)..].IndexOf(word[index]) + 2, 1);
            index += step;
        }

        return Math.Min(index, word.Length);
    }

    static int EndOfQuoted(ReadOnlySpan<byte> word, ref int valueStart)
    {
        byte quote = word[valueStart++];
        int index = valueStart;
        while (index < word.Length && word[index] != quote)
            index += word[index] == '\\' ? 2 : 1;
        return Math.Min(index, word.Length);
    }

    static int EndBefore(ReadOnlySpan<byte> word, int start, ReadOnlySpan<byte> ends)
    {
        int length = word[start..].IndexOfAny(ends);
        return length < 0 ? word.Length : start + length;
    }

    // scheme://user:password@host, and the long tokens that stand in the user's place.
    void MaskUrls(int argument, int start, int end)
    {
        const int TokenBytesMin = 20;
        ReadOnlySpan<byte> word = _line[argument][start..end];
        int from = 0;
        while (true)
        {
            int scheme = word[from..].IndexOf("://"u8);
            if (scheme < 0)
                return;
            int userStart = from + scheme + 3;
            int urlEnd = EndBefore(word, userStart, " \t\r\n\"'<>"u8);
            from = urlEnd;
            int userEnd = EndOfUser(word[..urlEnd], userStart);
            if (userEnd < 0)
                continue;
            int colon = word[userStart..userEnd].IndexOf((byte)':');
            if (colon >= 0)
                _line.Mask(argument, start + userStart + colon + 1, start + userEnd);
            else if (userEnd - userStart >= TokenBytesMin)
                _line.Mask(argument, start + userStart, start + userEnd);
        }
    }

    // The at sign that ends the credentials. A password may hold a slash or an at sign, against the standard: where a colon stands that no
    // port follows, the last one counts, be it in the path.
    static int EndOfUser(ReadOnlySpan<byte> url, int userStart)
    {
        ReadOnlySpan<byte> rest = url[userStart..];
        int slash = rest.IndexOfAny("/?#"u8);
        ReadOnlySpan<byte> authority = slash < 0 ? rest : rest[..slash];
        int at = authority.LastIndexOf((byte)'@');
        int colon = authority.IndexOf((byte)':');
        if (colon >= 0 && (at >= 0 || authority[(colon + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0))
            at = rest.LastIndexOf((byte)'@');
        return at < 0 ? -1 : userStart + at;
    }

    /// <summary>Where the value of an assignment ends that a word begins with.</summary>
    enum AssignmentEnd
    {
        Command,
        Line,
        Word,
    }
}
