namespace Akashi.Rules;

/// <summary>One option of a rule's text: <c>-F uid=0</c> is name <c>-F</c> and value <c>uid=0</c>.</summary>
/// <param name="Name">With its dashes: <c>-a</c>, <c>--reset-lost</c>.</param>
/// <param name="Value">What follows it; null where it takes nothing.</param>
public readonly record struct RuleOption(string Name, string? Value)
{
    /// <summary>Where in its line the value stands, or the name of an option without one; in characters from 1, 0 for a command line.</summary>
    public int Column { get; init; }

    /// <summary>Whether it makes up a rule, rather than controlling the kernel's audit or the tool.</summary>
    public bool IsOfRule => Name is "-a" or "-A" or "-d" or "-w" or "-W" or "-S" or "-F" or "-C" or "-k" or "-p";
}
