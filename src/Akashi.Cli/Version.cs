namespace Akashi.Cli;

/// <summary>What this binary says of its age.</summary>
public static class Version
{
    /// <summary>Akashi's own version.</summary>
    public const string Text = "0.1.0";

    /// <summary>The version of the classic tools that it behaves as; what <c>ausearch --version</c> prints.</summary>
    public const string Classic = "4.2.2";
}
