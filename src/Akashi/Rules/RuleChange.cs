namespace Akashi.Rules;

/// <summary>What a rule's text asks for: to add the rule, or to delete the one that is exactly equal.</summary>
/// <param name="IsDeletion">Whether it is to be deleted.</param>
/// <param name="Rule">The rule.</param>
public sealed record RuleChange(bool IsDeletion, Rule Rule);
