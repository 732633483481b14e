using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Records;

namespace Akashi.Search.Expressions;

/// <summary>A condition in the language of ausearch-expression(5); true of an event where it's true of one of its records.</summary>
/// <remarks>Having one proves that the text had no fault; see <see cref="ExpressionCompiler"/>. Not for several threads.</remarks>
public sealed class RecordExpression : EventCondition
{
    readonly ExpressionNode _node;
    readonly Interpreter _interpreter;
    readonly InterpretedText _text = new();
    readonly InterpretedText _raw = new();

    internal RecordExpression(ExpressionNode node, Interpreter interpreter)
    {
        _node = node;
        _interpreter = interpreter;
    }

    /// <summary>Whether it's true of a record.</summary>
    public bool IsTrue(in Record record) => IsTrue(record, out _);

    /// <summary>As above.</summary>
    /// <param name="record">The record.</param>
    /// <param name="foundLast">The name of the field that decided, the last that was looked for and found; empty where none was.</param>
    internal bool IsTrue(in Record record, out ReadOnlySpan<byte> foundLast)
    {
        var scope = new ExpressionScope(record, _interpreter, _text, _raw);
        bool isTrue = _node.IsTrue(ref scope);
        foundLast = scope.FoundLast;
        return isTrue;
    }

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (IsTrue(auditEvent[index]))
                return true;
        }

        return false;
    }

    /// <summary>True of a record where both are.</summary>
    internal static RecordExpression All(RecordExpression one, RecordExpression other, Interpreter interpreter) =>
        new(new AllNode([one._node, other._node]), interpreter);

    /// <summary>True where one of some is.</summary>
    public static RecordExpression Any(IReadOnlyList<RecordExpression> all, Interpreter interpreter) =>
        new(all.Count == 1 ? all[0]._node : new AnyNode([.. all.Select(one => one._node)]), interpreter);
}
