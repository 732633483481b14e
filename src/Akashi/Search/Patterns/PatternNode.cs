namespace Akashi.Search.Patterns;

/// <summary>A part of a regular expression, as read; <see cref="PatternProgram"/> makes instructions of it.</summary>
abstract record PatternNode
{
    /// <summary>Nothing: matches everywhere.</summary>
    public sealed record Empty : PatternNode;

    /// <summary>One byte of a set.</summary>
    public sealed record Set(ByteSet Bytes) : PatternNode;

    /// <summary>A place.</summary>
    public sealed record Place(PatternPlace Kind) : PatternNode;

    /// <summary>One after the other.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>One of them.</summary>
    public sealed record Choice(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>Again and again; <paramref name="Max"/> is -1 for no bound.</summary>
    public sealed record Repetition(PatternNode Part, int Min, int Max) : PatternNode;
}

/// <summary>A place between bytes.</summary>
enum PatternPlace
{
    /// <summary>^, and \`.</summary>
    Begin,

    /// <summary>$, and \'.</summary>
    End,

    /// <summary>\b.</summary>
    WordEdge,

    /// <summary>\B.</summary>
    NoWordEdge,

    /// <summary>\&lt;.</summary>
    WordBegin,

    /// <summary>\&gt;.</summary>
    WordEnd,
}
