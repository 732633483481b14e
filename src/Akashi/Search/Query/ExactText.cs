using System.Text;

namespace Akashi.Search.Query;

/// <summary>The value is the text, letter by letter.</summary>
/// <param name="text">As UTF-8 in the trail.</param>
public sealed class ExactText(string text) : ValueTest
{
    readonly byte[] _text = Encoding.UTF8.GetBytes(text);

    /// <inheritdoc/>
    public override string Literal => text;

    /// <inheritdoc/>
    public override bool IsWhole => true;

    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<byte> value) => value.SequenceEqual(_text);
}
