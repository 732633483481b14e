using Akashi.Configuration;

namespace Akashi.Search.Expressions;

/// <summary>What a piece of an expression is.</summary>
enum ExpressionTokenKind
{
    /// <summary>Nothing more.</summary>
    End,

    /// <summary>A word, or a text in quotes.</summary>
    Text,

    /// <summary>A regular expression between slashes.</summary>
    Pattern,

    /// <summary>One of <c>( ) \ ! &amp;&amp; ||</c>.</summary>
    Sign,

    /// <summary>One of <c>r= r!= i= i!= &lt; &lt;= == &gt; &gt;= !==</c>.</summary>
    Operator,

    /// <summary>What can't be read; the text says why.</summary>
    Fault,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text without quotes, escapes undone; of a fault, what is wrong.</param>
/// <param name="Column">Where it begins, from 1, in characters.</param>
readonly record struct ExpressionToken(ExpressionTokenKind Kind, string Text, int Column)
{
    public bool IsSign(string text) => Kind == ExpressionTokenKind.Sign && Text == text;

    /// <summary>As messages name it.</summary>
    public override string ToString() => Kind == ExpressionTokenKind.End ? "the end" : $"'{QuotedText.Of(Text)}'";
}
