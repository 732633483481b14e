namespace Akashi.Live;

/// <summary>Whether a name is one whose value must not be shown, by <see cref="SecretRules.NameEnds"/> and <see cref="SecretRules.Headers"/>.</summary>
static class SecretName
{
    const int CharactersMax = 64;

    /// <summary>Whether a byte may stand in such a name.</summary>
    public static bool IsNameByte(byte value) =>
        value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
            or (byte)'_' or (byte)'-' or (byte)'.';

    /// <summary>Whether what is assigned to a name is a secret.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> name)
    {
        Span<char> folded = stackalloc char[CharactersMax];
        folded = folded[..Fold(name, folded)];
        foreach (string harmless in SecretRules.HarmlessNames)
        {
            if (folded.SequenceEqual(harmless))
                return false;
        }

        foreach (string end in SecretRules.NameEnds)
        {
            if (folded.EndsWith(end))
                return true;
        }

        return IsHeader(folded);
    }

    /// <summary>Whether it's a long option that getopt takes for a secret's: <c>--passwor</c>, <c>--http-passw</c>, <c>--toke</c>.</summary>
    public static bool IsAbbreviated(ReadOnlySpan<byte> option)
    {
        const int WholeLengthMin = 4, EndLengthMin = 5;
        if (!option.StartsWith("--"u8) || option.StartsWith("--no-"u8) || option.StartsWith("--ask-"u8))
            return false;
        Span<char> folded = stackalloc char[CharactersMax];
        folded = folded[..Fold(option, folded)];
        if (folded is "pas")
            return true;
        foreach (string end in SecretRules.NameEnds)
        {
            // --access and --account are words of their own.
            if (end.EndsWith("key", StringComparison.Ordinal))
                continue;
            if (folded.Length >= WholeLengthMin && end.AsSpan().StartsWith(folded))
                return true;
            for (int length = EndLengthMin; length < end.Length; length++)
            {
                if (folded.EndsWith(end.AsSpan(0, length)))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether it's a header whose whole line is a secret.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> name)
    {
        Span<char> folded = stackalloc char[CharactersMax];
        return IsHeader(folded[..Fold(name, folded)]);
    }

    static bool IsHeader(ReadOnlySpan<char> folded)
    {
        foreach (string header in SecretRules.Headers)
        {
            if (folded.SequenceEqual(header))
                return true;
        }

        return false;
    }

    // The end of a name decides, so that of a long one the end is kept.
    static int Fold(ReadOnlySpan<byte> name, Span<char> folded)
    {
        if (name.Length > folded.Length)
            name = name[^folded.Length..];
        int length = 0;
        foreach (byte value in name)
        {
            if (value is (byte)'-' or (byte)'_' or (byte)'.')
                continue;
            folded[length++] = (char)(value is >= (byte)'A' and <= (byte)'Z' ? value + ('a' - 'A') : value);
        }

        return length;
    }
}
