namespace Akashi.Records;

/// <summary>One <c>name=value</c> of a record.</summary>
/// <param name="name">The name; not empty.</param>
/// <param name="value">The raw value with its quotes, without the closing quote of an enclosing msg='…'; may be empty.</param>
/// <param name="isNested">Whether it stands inside msg='…': said by a program, not by the kernel.</param>
public readonly ref struct Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isNested)
{
    /// <summary>The name.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The raw value, with its quotes.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Whether it stands inside msg='…': a program said so, the kernel vouches only for what stands before.</summary>
    public bool IsNested { get; } = isNested;
}
