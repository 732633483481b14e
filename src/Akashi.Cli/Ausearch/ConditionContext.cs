using Akashi.Host;
using Akashi.Search;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Cli.Ausearch;

/// <summary>Makes a condition of an option's value.</summary>
/// <param name="option">The option as it was typed.</param>
/// <param name="value">Its value.</param>
/// <param name="context">What else counts.</param>
/// <param name="fault">Null, or why there is no condition: lower case, no full stop.</param>
delegate EventCondition? BuildCondition(string option, string value, ConditionContext context, out string? fault);

/// <summary>What the making of conditions needs beside their values.</summary>
/// <param name="Host">The machine, for account names and system calls.</param>
/// <param name="Machine">The machine whose system calls have the names that were typed.</param>
/// <param name="MatchesWholeWords">Whether texts are compared as a whole.</param>
sealed record ConditionContext(IHost Host, Machine Machine, bool MatchesWholeWords)
{
    /// <summary>A text as -w says it is compared.</summary>
    public TextPattern Pattern(string text) => new(text, MatchesWholeWords);
}
