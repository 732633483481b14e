namespace Akashi.Search.Query;

/// <summary>What a token is.</summary>
public enum QueryTokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing one.</summary>
    Close,

    /// <summary>A field, an operator and a value: <c>key=passwd</c>.</summary>
    Term,

    /// <summary>A word by itself: a keyword, a part of a time, or a text to be looked for.</summary>
    Word,
}

/// <summary>A piece of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Column">Where it begins, counted from 1.</param>
/// <param name="Length">Characters.</param>
/// <param name="Text">A word, or a term's value, without quotes.</param>
public sealed record QueryToken(QueryTokenKind Kind, int Column, int Length, string Text)
{
    /// <summary>A term's field.</summary>
    public string Field { get; init; } = "";

    /// <summary>A term's operator.</summary>
    public QueryOperator Operator { get; init; }

    /// <summary>Where a term's value begins, counted from 1.</summary>
    public int ValueColumn { get; init; }

    /// <summary>Whether the text stood between quotes: then it is no keyword, and an asterisk is an asterisk.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>Whether it is one of the language's words, in letters of either case.</summary>
    public bool IsWord(string word) => Kind == QueryTokenKind.Word && !IsQuoted && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
