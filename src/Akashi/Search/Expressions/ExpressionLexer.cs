using System.Text;
using Akashi.Configuration;

namespace Akashi.Search.Expressions;

/// <summary>Cuts an expression into pieces, ausearch-expression(5).</summary>
/// <remarks>
/// Words are ASCII letters, digits, <c>_</c> and <c>-</c>; a word <c>ts:</c> goes on with digits, dots and colons. Text in quotes knows <c>\\</c> and <c>\"</c>, between
/// slashes <c>\\</c> and <c>\/</c>; other escapes are faults, as in libauparse.
/// </remarks>
sealed class ExpressionLexer(string text)
{
    static readonly string[] s_operators = ["r!=", "i!=", "!==", "r=", "i=", "<=", "==", ">=", "<", ">"];
    static readonly string[] s_signs = ["&&", "||", "(", ")", "\\", "!"];

    int _at;

    /// <summary>Takes the next piece.</summary>
    public ExpressionToken Next()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
        int column = _at + 1;
        if (_at == text.Length)
            return new ExpressionToken(ExpressionTokenKind.End, "", column);
        if (text[_at] is '"' or '/')
            return Delimited(text[_at], column);
        if (TryTake(s_operators) is { } comparison)
            return new ExpressionToken(ExpressionTokenKind.Operator, comparison, column);
        if (TryTake(s_signs) is { } sign)
            return new ExpressionToken(ExpressionTokenKind.Sign, sign, column);
        if (!IsOfWord(text[_at]))
            return Fault(column, $"'{QuotedText.Of(text[_at].ToString())}' begins nothing");
        return Word(column);
    }

    static bool IsOfWord(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-';

    ExpressionToken Word(int column)
    {
        int start = _at;
        while (_at < text.Length && IsOfWord(text[_at]))
            _at++;
        bool isStamp = text.AsSpan(start, _at - start) is "ts" && _at + 1 < text.Length && text[_at] == ':' && char.IsAsciiDigit(text[_at + 1]);
        while (isStamp && _at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] is '.' or ':'))
            _at++;
        return new ExpressionToken(ExpressionTokenKind.Text, text[start.._at], column);
    }

    ExpressionToken Delimited(char delimiter, int column)
    {
        var taken = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            char letter = text[_at];
            if (letter == delimiter)
            {
                _at++;
                return new ExpressionToken(
                    delimiter == '"' ? ExpressionTokenKind.Text : ExpressionTokenKind.Pattern, taken.ToString(), column);
            }

            if (letter == '\\')
            {
                if (++_at == text.Length)
                    break;
                letter = text[_at];
                if (letter != '\\' && letter != delimiter)
                    return Fault(_at, $"the escape '\\{QuotedText.Of(letter.ToString())}' is unknown: \\\\ and \\{delimiter} are known");
            }

            taken.Append(letter);
        }

        return Fault(column, $"the closing {delimiter} is missing");
    }

    string? TryTake(string[] all)
    {
        foreach (string one in all)
        {
            if (!text.AsSpan(_at).StartsWith(one, StringComparison.Ordinal))
                continue;
            _at += one.Length;
            return one;
        }

        return null;
    }

    ExpressionToken Fault(int column, string reason)
    {
        _at = text.Length;
        return new ExpressionToken(ExpressionTokenKind.Fault, reason, column);
    }
}
