using System.Text;
using Akashi.Diagnostics;

namespace Akashi.Search.Query;

/// <summary>Cuts a query into tokens.</summary>
/// <remarks>
/// <code>
/// token = "(" | ")" | term | word
/// term  = FIELD blanks OPERATOR blanks value
/// value = quoted | letters up to a blank or a parenthesis that it didn't open
/// quoted = '"' letters, with \" and \\ '"' | "'" letters "'"
/// </code>
/// Parentheses inside a value belong to it as long as they are in pairs, so that <c>exe~^/usr/(bin|sbin)/</c> needs no quotes. Never throws.
/// </remarks>
sealed class QueryLexer(string text, DiagnosticBag diagnostics)
{
    int _next;

    /// <summary>All tokens; the last is the end.</summary>
    public static List<QueryToken> Cut(string text, DiagnosticBag diagnostics)
    {
        var lexer = new QueryLexer(text, diagnostics);
        var tokens = new List<QueryToken>();
        do
        {
            tokens.Add(lexer.Take());
        }
        while (tokens[^1].Kind != QueryTokenKind.End);
        return tokens;
    }

    QueryToken Take()
    {
        SkipBlanks();
        int start = _next;
        if (start == text.Length)
            return new QueryToken(QueryTokenKind.End, start + 1, 0, "");
        if (text[start] is '(' or ')')
        {
            _next++;
            return new QueryToken(text[start] == '(' ? QueryTokenKind.Open : QueryTokenKind.Close, start + 1, 1, text[start..(start + 1)]);
        }

        return TryTakeTerm(start) ?? TakeWord(start);
    }

    QueryToken? TryTakeTerm(int start)
    {
        int end = start;
        while (end < text.Length && IsFieldLetter(text[end]))
            end++;
        int sign = end;
        while (sign < text.Length && text[sign] == ' ')
            sign++;
        int length = QueryOperators.Read(text.AsSpan(sign), out QueryOperator found);
        if (length == 0)
            return null;
        if (end == start)
            return LoneOperator(start, length);
        _next = sign + length;
        SkipBlanks();
        int valueStart = _next;
        string value = TakeValue(out bool isQuoted);
        return new QueryToken(QueryTokenKind.Term, start + 1, _next - start, value)
        {
            Field = text[start..end], Operator = found, ValueColumn = valueStart + 1, IsQuoted = isQuoted,
        };
    }

    QueryToken LoneOperator(int start, int length)
    {
        diagnostics.Add(QueryFault.NoField.At(start + 1, length, $"'{text.Substring(start, length)}' has no field before it", "write FIELD=VALUE, such as key=passwd"));
        _next = start + length;
        SkipBlanks();
        int valueStart = _next;
        string value = TakeValue(out bool isQuoted);
        return new QueryToken(QueryTokenKind.Term, start + 1, _next - start, value) { ValueColumn = valueStart + 1, IsQuoted = isQuoted };
    }

    QueryToken TakeWord(int start)
    {
        string word = TakeValue(out bool isQuoted);
        return new QueryToken(QueryTokenKind.Word, start + 1, _next - start, word) { IsQuoted = isQuoted, ValueColumn = start + 1 };
    }

    string TakeValue(out bool isQuoted)
    {
        isQuoted = _next < text.Length && text[_next] is '"' or '\'';
        return isQuoted ? TakeQuoted() : TakeBare();
    }

    string TakeBare()
    {
        int start = _next, depth = 0;
        for (; _next < text.Length && text[_next] != ' '; _next++)
        {
            if (text[_next] == '(')
                depth++;
            else if (text[_next] == ')' && --depth < 0)
                break;
        }

        return text[start.._next];
    }

    string TakeQuoted()
    {
        int start = _next;
        char quote = text[_next++];
        var value = new StringBuilder();
        while (_next < text.Length && text[_next] != quote)
        {
            bool isEscape = quote == '"' && text[_next] == '\\' && _next + 1 < text.Length && text[_next + 1] is '"' or '\\';
            if (isEscape)
                _next++;
            value.Append(text[_next++]);
        }

        if (_next == text.Length)
            diagnostics.Add(QueryFault.QuoteOpen.At(start + 1, _next - start, $"the quote {quote} has no partner", $"close it with {quote}"));
        else
            _next++;
        return value.ToString();
    }

    void SkipBlanks()
    {
        while (_next < text.Length && text[_next] == ' ')
            _next++;
    }

    static bool IsFieldLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '[' or ']' or '@' or '/';
}
