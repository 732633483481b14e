namespace Akashi.Remote;

/// <summary>A key that both ends know, as its file has it: hexadecimal digits, and blanks around them.</summary>
public static class TlsSharedKey
{
    /// <summary>The fewest bytes.</summary>
    public const int BytesMin = 32;

    /// <summary>The most.</summary>
    public const int BytesMax = 256;

    /// <summary>What is legal.</summary>
    public const string Legal = "it has to be 64 to 512 hexadecimal digits on one line";

    /// <summary>Reads it.</summary>
    /// <returns>False where it's none, too short or too long.</returns>
    public static bool TryRead(string text, out byte[] key)
    {
        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        key = [];
        if (digits.Length % 2 != 0 || digits.Length is < BytesMin * 2 or > BytesMax * 2 || digits.ContainsAnyExcept("0123456789abcdefABCDEF"))
            return false;
        key = Convert.FromHexString(digits);
        return true;
    }
}
