using Akashi.Diagnostics;

namespace Akashi.Search.Query;

/// <summary>Parses a query.</summary>
/// <remarks>
/// <code>
/// query   = choice
/// choice  = joined { "or" joined }
/// joined  = single { ["and"] single }
/// single  = "not" single | "(" choice ")" | ("since" | "until") TIME | FIELD OPERATOR VALUE | WORD
/// </code>
/// <c>and</c> binds closer than <c>or</c> and may be left out; a word by itself is looked for anywhere in an event. A TIME may have several words
/// (<c>since 3 days ago</c>): as many as make one. Never throws; collects what is wrong and goes on.
/// </remarks>
public sealed class QueryParser
{
    const int TimeWordsMax = 3;
    const int DepthMax = 100;
    const int TermsMax = 1000;

    readonly List<QueryToken> _tokens;
    readonly DiagnosticBag _diagnostics;
    readonly Func<string, bool> _isTime;
    int _next;
    int _depth;
    int _terms;

    QueryParser(List<QueryToken> tokens, Func<string, bool> isTime, DiagnosticBag diagnostics)
    {
        _tokens = tokens;
        _isTime = isTime;
        _diagnostics = diagnostics;
    }

    QueryToken Current => _tokens[_next];

    /// <summary>Parses a query.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="isTime">Whether a text is a time: decides how many words <c>since</c> takes.</param>
    /// <param name="diagnostics">Receives what is wrong, with columns.</param>
    /// <returns>The query; null where it's empty, and where it can't be used.</returns>
    public static QueryNode? Parse(string text, Func<string, bool> isTime, DiagnosticBag diagnostics)
    {
        var parser = new QueryParser(QueryLexer.Cut(text, diagnostics), isTime, diagnostics);
        if (parser.Current.Kind == QueryTokenKind.End)
            return null;
        QueryNode? query = parser.TakeChoice();
        if (parser.Current.Kind == QueryTokenKind.Close)
            parser.Fault(QueryFault.ParenthesisOpen, parser.Current, "')' closes no parenthesis", "take it away, or put '(' before");
        return diagnostics.HasErrors ? null : query;
    }

    QueryNode? TakeChoice()
    {
        var parts = new List<QueryNode>();
        Add(parts, TakeJoined());
        while (Current.IsWord("or"))
        {
            _next++;
            Add(parts, TakeJoined());
        }

        return parts.Count > 1 ? new QueryOr(parts) : parts.FirstOrDefault();
    }

    QueryNode? TakeJoined()
    {
        var parts = new List<QueryNode>();
        Add(parts, TakeSingle());
        while (Current.Kind is not (QueryTokenKind.End or QueryTokenKind.Close) && !Current.IsWord("or"))
        {
            if (Current.IsWord("and"))
                _next++;
            Add(parts, TakeSingle());
        }

        return parts.Count > 1 ? new QueryAnd(parts) : parts.FirstOrDefault();
    }

    QueryNode? TakeSingle()
    {
        if (++_depth > DepthMax)
        {
            Fault(QueryFault.TooDeep, Current, $"more than {DepthMax} parentheses and negations inside one another");
            _next = _tokens.Count - 1;
        }

        // Every term is asked of every event.
        if (Current.Kind is not (QueryTokenKind.Open or QueryTokenKind.End or QueryTokenKind.Close) && !Current.IsWord("not") && ++_terms > TermsMax)
        {
            Fault(QueryFault.TooDeep, Current, $"more than {TermsMax} terms", "search for a part of them at a time");
            _next = _tokens.Count - 1;
            _depth--;
            return null;
        }

        QueryNode? single = TakeSingleOf(Current);
        _depth--;
        return single;
    }

    QueryNode? TakeSingleOf(QueryToken token)
    {
        switch (token.Kind)
        {
            case QueryTokenKind.Open:
                return TakeGroup(token);
            case QueryTokenKind.Term:
                _next++;
                return new QueryTerm(token);
            case QueryTokenKind.End or QueryTokenKind.Close:
                Fault(QueryFault.Unexpected, token, token.Kind == QueryTokenKind.End ? "the query ends where a term is expected" : "')' stands where a term is expected");
                return null;
        }

        if (token.IsWord("and") || token.IsWord("or"))
        {
            Fault(QueryFault.Unexpected, token, $"'{token.Text}' stands where a term is expected", $"to look for the word, quote it: '\"{token.Text}\"'");
            _next++;
            return null;
        }

        _next++;
        if (token.IsWord("not"))
            return TakeSingle() is { } denied ? new QueryNot(denied) : null;
        return token.IsWord("since") || token.IsWord("until") ? TakeTime(token) : new QueryTerm(token);
    }

    QueryNode? TakeGroup(QueryToken open)
    {
        _next++;
        QueryNode? inside = TakeChoice();
        if (Current.Kind == QueryTokenKind.Close)
            _next++;
        else
            Fault(QueryFault.ParenthesisOpen, open, "the parenthesis '(' has no partner", "close it with ')'");
        return inside;
    }

    // As many words as make a time; one where none do, so that the message names it.
    QueryTime? TakeTime(QueryToken keyword)
    {
        int words = 0;
        while (words < TimeWordsMax && _tokens[_next + words].Kind == QueryTokenKind.Word)
            words++;
        if (words == 0)
        {
            Fault(QueryFault.NoValue, keyword, $"'{keyword.Text}' needs a time", $"write {keyword.Text} {QueryTimes.Example}");
            return null;
        }

        int taken = words;
        while (taken > 1 && !_isTime(TextOf(taken)))
            taken--;
        string text = TextOf(taken);
        QueryToken first = _tokens[_next], last = _tokens[_next + taken - 1];
        _next += taken;
        return new QueryTime(keyword.IsWord("since"), text, first.Column, last.Column + last.Length - first.Column);
    }

    string TextOf(int words) => string.Join(' ', _tokens.Skip(_next).Take(words).Select(token => token.Text));

    static void Add(List<QueryNode> parts, QueryNode? part)
    {
        if (part is not null)
            parts.Add(part);
    }

    void Fault(QueryFault fault, QueryToken token, string text, string? hint = null) =>
        _diagnostics.Add(fault.At(token.Column, token.Length, text, hint));
}
