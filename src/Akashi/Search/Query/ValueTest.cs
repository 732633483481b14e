namespace Akashi.Search.Query;

/// <summary>What a field's value is compared with.</summary>
public abstract class ValueTest
{
    /// <summary>Whether a value fits. Allocates nothing.</summary>
    /// <param name="text">The value in words, or as the record has it, without quotes.</param>
    public abstract bool Holds(ReadOnlySpan<byte> text);

    /// <summary>A text that every value that fits holds as a part; empty where there is none.</summary>
    public virtual string Literal => "";

    /// <summary>Whether the literal is the whole value.</summary>
    public virtual bool IsWhole => false;
}
