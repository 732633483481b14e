using System.Diagnostics.CodeAnalysis;
using Akashi.Records;
using Akashi.Search.Patterns;

namespace Akashi.Search.Expressions;

/// <summary>Single conditions that need no text to be read.</summary>
public sealed partial class ExpressionCompiler
{
    /// <summary>A record has a field with a value.</summary>
    internal RecordExpression HasField(byte[] field) => new(new FieldPresence(field), _interpreter);

    /// <summary>A field's value, raw or in words, is a text; or is there and isn't.</summary>
    internal RecordExpression IsText(byte[] field, byte[] text, bool isInterpreted, bool isNegated) =>
        new(new TextComparison(field, text, isInterpreted, isNegated), _interpreter);

    /// <summary>A record's time, and its serial where that is asked for, compares with another.</summary>
    internal RecordExpression IsTime(EventStamp stamp, bool comparesSerial, Comparison comparison) =>
        new(new StampComparison(stamp, comparesSerial, comparison), _interpreter);

    /// <summary>A record's text holds a match.</summary>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="expression">The condition; null where the pattern is refused.</param>
    internal bool TryMatchText(string pattern, [NotNullWhen(true)] out RecordExpression? expression)
    {
        expression = BytePattern.TryParse(pattern, out BytePattern? parsed, out _) ? new RecordExpression(new PatternCondition(parsed), _interpreter) : null;
        return expression is not null;
    }
}
