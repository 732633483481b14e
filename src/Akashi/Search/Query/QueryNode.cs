namespace Akashi.Search.Query;

/// <summary>A query as it was typed, parsed: nothing is looked up yet.</summary>
public abstract record QueryNode;

/// <summary>All must hold.</summary>
/// <param name="Parts">Two or more.</param>
public sealed record QueryAnd(IReadOnlyList<QueryNode> Parts) : QueryNode;

/// <summary>One must hold.</summary>
/// <param name="Parts">Two or more.</param>
public sealed record QueryOr(IReadOnlyList<QueryNode> Parts) : QueryNode;

/// <summary>It must not hold.</summary>
/// <param name="Part">What.</param>
public sealed record QueryNot(QueryNode Part) : QueryNode;

/// <summary>A field compared with a value, or a word to be looked for anywhere.</summary>
/// <param name="Token">Its token.</param>
public sealed record QueryTerm(QueryToken Token) : QueryNode;

/// <summary>From or up to a time.</summary>
/// <param name="IsSince">Whether it's a beginning.</param>
/// <param name="Text">The time.</param>
/// <param name="Column">Where it stands, from 1.</param>
/// <param name="Length">Characters.</param>
public sealed record QueryTime(bool IsSince, string Text, int Column, int Length) : QueryNode;
