namespace Akashi.Output;

/// <summary>When buffered output leaves.</summary>
public enum FlushMode
{
    /// <summary>When the buffer is full, and at the end.</summary>
    Block,

    /// <summary>After every event or line, as the writer marks it by <see cref="Utf8Output.EndLine"/>.</summary>
    Line,
}
