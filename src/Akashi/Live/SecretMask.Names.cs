namespace Akashi.Live;

/// <summary>Assignments, headers and URLs: secrets that are known by what stands before them.</summary>
public sealed partial class SecretMask
{
    void MaskAssignments(ref WordState words, int argument, int start, int end)
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
            if (nameStart == nameEnd || isPath || !SecretName.IsSecret(word[nameStart..nameEnd]))
                continue;
            if (sign == word.Length - 1 && word[sign] == ':')
                ExpectValue(ref words, word[nameStart..nameEnd]);
            int valueEnd = EndOfValue(word, nameStart, sign, out int valueStart);
            _line.Mask(argument, start + valueStart, start + valueEnd);
            from = valueEnd;
        }

        if (IsSecretOption(word))
            words.ExpectNext(SecretPart.Whole, isLoose: true);
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

        return SecretName.IsSecret(word);
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

    // A word that begins with the name is the assignment and nothing else, blanks and all; inside a word quotes, or a blank, end the value.
    static int EndOfValue(ReadOnlySpan<byte> word, int nameStart, int sign, out int valueStart)
    {
        valueStart = sign + 1;
        while (valueStart < word.Length && word[valueStart] is (byte)' ' or (byte)'\\')
            valueStart++;
        if (nameStart == 0)
            return word.Length;
        if (valueStart < word.Length && word[valueStart] is (byte)'"' or (byte)'\'')
            return EndOfQuoted(word, ref valueStart);
        if (word[sign] == ':')
            return EndBefore(word, valueStart, "\"'\r\n"u8);
        return EndBefore(word, valueStart, " \t\r\n&\"'"u8);
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
}
