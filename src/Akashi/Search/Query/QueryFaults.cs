using Akashi.Diagnostics;

namespace Akashi.Search.Query;

/// <summary>What can be wrong with a query; the numbers are stable.</summary>
public enum QueryFault
{
    /// <summary>A quote without its partner.</summary>
    QuoteOpen = 3001,

    /// <summary>An operator without a field.</summary>
    NoField = 3002,

    /// <summary>A field that nobody knows.</summary>
    FieldUnknown = 3003,

    /// <summary>A field without an operator.</summary>
    NoOperator = 3004,

    /// <summary>An operator without a value.</summary>
    NoValue = 3005,

    /// <summary>A parenthesis without its partner.</summary>
    ParenthesisOpen = 3006,

    /// <summary>Something was expected, and something else stands there.</summary>
    Unexpected = 3007,

    /// <summary>A time that can't be read.</summary>
    TimeUnknown = 3008,

    /// <summary>A regular expression that can't be read.</summary>
    ExpressionBad = 3009,

    /// <summary>A name that the field's table lacks: a record type, a system call, an error.</summary>
    NameUnknown = 3010,

    /// <summary>A size is asked of what has none.</summary>
    NotANumber = 3011,

    /// <summary>A user or group that this machine lacks; the recording one may know it.</summary>
    AccountUnknown = 3012,

    /// <summary>Too many parentheses or words.</summary>
    TooDeep = 3013,

    /// <summary>An operator that a field doesn't take.</summary>
    OperatorUnfit = 3014,

    /// <summary>Times of which the end is before the beginning.</summary>
    TimesReversed = 3015,

    /// <summary>A value that the field can have, but hardly has.</summary>
    ValueDoubtful = 3016,
}

/// <summary>Diagnostics of queries.</summary>
static class QueryFaults
{
    /// <summary>An error at a place.</summary>
    /// <param name="fault">Which.</param>
    /// <param name="column">From 1.</param>
    /// <param name="length">Characters that it is about.</param>
    /// <param name="text">One line.</param>
    /// <param name="hint">What mends it; null for nothing.</param>
    public static Diagnostic At(this QueryFault fault, int column, int length, string text, string? hint = null) =>
        new((int)fault, Severity.Error, text) { Column = column, Length = length, Hint = hint };
}
