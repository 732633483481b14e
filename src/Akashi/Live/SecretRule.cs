namespace Akashi.Live;

/// <summary>Where a program's option has its value.</summary>
public enum ValuePlace
{
    /// <summary>In the same word only: <c>-pX</c>; a following word is something else.</summary>
    Attached,

    /// <summary>In the same word, or in the next.</summary>
    Either,

    /// <summary>In the next word only.</summary>
    Next,

    /// <summary>Every word that is no option.</summary>
    Operands,

    /// <summary>The last word, where the option stands before it.</summary>
    LastWord,
}

/// <summary>Which part of a value is secret.</summary>
public enum SecretPart
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>What follows the first colon; nothing where there is none: curl then asks.</summary>
    AfterColon,

    /// <summary>What follows the first percent sign.</summary>
    AfterPercent,

    /// <summary>What follows the first comma.</summary>
    AfterComma,

    /// <summary>What stands between the first slash and the last at sign, or the end.</summary>
    AfterSlash,
}

/// <summary>One row of the list of secrets: programs, and one option of theirs whose value is a secret.</summary>
/// <param name="Programs">Their names between blanks, without directories.</param>
/// <param name="Option">The option with its dashes; empty where operands are meant.</param>
/// <param name="Place">Where its value stands.</param>
/// <param name="Part">What of the value is secret.</param>
public sealed record SecretRule(string Programs, string Option, ValuePlace Place, SecretPart Part = SecretPart.Whole)
{
    /// <summary>Letters that may stand between the dash and the option's letter: <c>-sSu</c>. None takes a value itself.</summary>
    public string Flags { get; init; } = "";

    /// <summary>A word that must stand before the option, such as <c>login</c>; empty for none.</summary>
    public string After { get; init; } = "";
}
