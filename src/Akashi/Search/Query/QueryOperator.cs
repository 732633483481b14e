namespace Akashi.Search.Query;

/// <summary>How a field is compared with a value.</summary>
public enum QueryOperator
{
    /// <summary><c>=</c>: the value is the text; an asterisk outside quotes stands for anything.</summary>
    Equal,

    /// <summary><c>!=</c>: the contrary, so that events without the field are found too.</summary>
    NotEqual,

    /// <summary><c>~</c>: the value has a part that follows the regular expression.</summary>
    Follows,

    /// <summary><c>!~</c>: the contrary.</summary>
    FollowsNot,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,
}

/// <summary>The operators as they are typed.</summary>
public static class QueryOperators
{
    static readonly (string Text, QueryOperator Operator)[] s_all =
    [
        ("!=", QueryOperator.NotEqual), ("!~", QueryOperator.FollowsNot), ("<=", QueryOperator.LessOrEqual), (">=", QueryOperator.GreaterOrEqual),
        ("==", QueryOperator.Equal), ("=", QueryOperator.Equal), ("~", QueryOperator.Follows), ("<", QueryOperator.Less), (">", QueryOperator.Greater),
    ];

    /// <summary>Reads an operator from the beginning of a text.</summary>
    /// <returns>Its length; 0 where there is none.</returns>
    public static int Read(ReadOnlySpan<char> text, out QueryOperator found)
    {
        foreach ((string typed, QueryOperator candidate) in s_all)
        {
            if (text.StartsWith(typed, StringComparison.Ordinal))
            {
                found = candidate;
                return typed.Length;
            }
        }

        found = default;
        return 0;
    }

    /// <summary>The operator as it is typed.</summary>
    public static string ToText(this QueryOperator one) => Array.Find(s_all, row => row.Operator == one && row.Text != "==").Text;

    /// <summary>Whether it is one of the four that compare sizes.</summary>
    public static bool IsOrder(this QueryOperator one) => one >= QueryOperator.Less;

    /// <summary>Whether it denies another.</summary>
    public static bool IsNegative(this QueryOperator one) => one is QueryOperator.NotEqual or QueryOperator.FollowsNot;
}
