using Akashi.Search.Patterns;

namespace Akashi.Search.Query;

/// <summary>The value has a part that follows a regular expression: regex(7), extended, as grep -E has it.</summary>
/// <remarks>Matched without going back: the time grows with the value's length, whatever the expression and whoever wrote the value. Bytes count, not letters.</remarks>
public sealed class RegexText : ValueTest
{
    readonly BytePattern _pattern;

    RegexText(BytePattern pattern) => _pattern = pattern;

    /// <summary>Makes one.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="test">The test; null where the expression is refused.</param>
    /// <param name="fault">Why it's refused; null where it isn't.</param>
    public static bool TryMake(string expression, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RegexText? test, out string? fault)
    {
        test = BytePattern.TryParse(expression, out BytePattern? pattern, out fault) ? new RegexText(pattern) : null;
        return test is not null;
    }

    /// <inheritdoc/>
    public override string Literal => _pattern.Literal;

    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<byte> value) => _pattern.IsIn(value);
}
