using Akashi.Diagnostics;
using Akashi.Linux;
using Akashi.Search;
using Akashi.Search.Expressions;
using Akashi.Search.Query;

namespace Akashi.Audit;

/// <summary>Which events are wanted. Having one proves that its text had no fault. For one reader at a time.</summary>
public sealed class AuditSearch
{
    AuditSearch(SearchPlan plan) => Plan = plan;

    internal SearchPlan Plan { get; }

    /// <summary>Events of which one record makes an expression of ausearch-expression(5) true: <c>auid r= 1000 &amp;&amp; success r= no</c>.</summary>
    /// <exception cref="AuditSearchException">The text has a fault.</exception>
    public static AuditSearch FromExpression(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var diagnostics = new DiagnosticBag();
        return new ExpressionCompiler(new LinuxHost()).Compile(expression, diagnostics) is { } compiled
            ? new AuditSearch(new SearchPlan([compiled]))
            : throw AuditSearchException.Of(diagnostics);
    }

    /// <summary>Events that a query of <c>akashi search</c> finds: <c>command=sudo who=alice since yesterday</c>; docs/search.md has the language.</summary>
    /// <exception cref="AuditSearchException">The text has a fault.</exception>
    public static AuditSearch FromQuery(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var diagnostics = new DiagnosticBag();
        return new QueryCompiler(new LinuxHost(), diagnostics).Compile(query) is { } compiled
            ? new AuditSearch(compiled.ToPlan())
            : throw AuditSearchException.Of(diagnostics);
    }
}

/// <summary>A search's text that can't be: the message says what is wrong with it.</summary>
public sealed class AuditSearchException : FormatException
{
    AuditSearchException(Diagnostic diagnostic)
        : base(diagnostic.Text)
    {
        Column = diagnostic.Column;
        Hint = diagnostic.Hint;
    }

    /// <summary>Where in the text, in characters from 1; 0 for no place.</summary>
    public int Column { get; }

    /// <summary>The one action that mends it; null where there is none.</summary>
    public string? Hint { get; }

    internal static AuditSearchException Of(DiagnosticBag diagnostics) => new(diagnostics.All.First(one => one.Severity == Severity.Error));
}
