using Akashi.Search.Patterns;

namespace Akashi.Search.Expressions;

/// <summary>A part of an expression that is true or false of a record.</summary>
abstract class ExpressionNode
{
    /// <summary>Whether it's true. Allocates nothing once the texts of the scope have grown.</summary>
    public abstract bool IsTrue(ref ExpressionScope scope);
}

/// <summary><c>!</c></summary>
sealed class NotNode(ExpressionNode inner) : ExpressionNode
{
    public override bool IsTrue(ref ExpressionScope scope) => !inner.IsTrue(ref scope);
}

/// <summary><c>&amp;&amp;</c></summary>
sealed class AllNode(ExpressionNode[] parts) : ExpressionNode
{
    public override bool IsTrue(ref ExpressionScope scope)
    {
        foreach (ExpressionNode part in parts)
        {
            if (!part.IsTrue(ref scope))
                return false;
        }

        return true;
    }
}

/// <summary><c>||</c></summary>
sealed class AnyNode(ExpressionNode[] parts) : ExpressionNode
{
    public override bool IsTrue(ref ExpressionScope scope)
    {
        foreach (ExpressionNode part in parts)
        {
            if (part.IsTrue(ref scope))
                return true;
        }

        return false;
    }
}

/// <summary><c>\regexp</c>: the record's text as it was written, without what was looked up.</summary>
sealed class PatternCondition(BytePattern pattern) : ExpressionNode
{
    public override bool IsTrue(ref ExpressionScope scope) => pattern.IsIn(scope.Record.LineWithoutEnrichment);
}

/// <summary>A comparison of what libauparse defines no text for: always false, also with <c>!=</c>.</summary>
sealed class NeverNode : ExpressionNode
{
    public override bool IsTrue(ref ExpressionScope scope) => false;
}
