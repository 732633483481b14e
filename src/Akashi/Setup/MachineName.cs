namespace Akashi.Setup;

/// <summary>The names that a machine may have in a certificate: those of DNS, and underscores, which host names have in practice.</summary>
public static class MachineName
{
    /// <summary>What is allowed, in words for whoever typed another.</summary>
    public const string Allowed = "a name has parts of 1 to 63 letters, digits, '-' and '_', with dots between them, none beginning or ending with '-', and 253 letters at most";

    const int LettersMax = 253;
    const int PartLettersMax = 63;

    /// <summary>Whether it is such a name; the final dot that DNS allows is none of it, as certificates and records are without.</summary>
    public static bool IsUsable(string name) => name.Length <= LettersMax && name.Split('.').All(IsPart);

    static bool IsPart(string part) => part.Length is > 0 and <= PartLettersMax && part[0] != '-' && part[^1] != '-'
        && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
