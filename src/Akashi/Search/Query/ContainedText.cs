using System.Text;

namespace Akashi.Search.Query;

/// <summary>The value has the text as a part.</summary>
/// <param name="text">As UTF-8 in the trail.</param>
public sealed class ContainedText(string text) : ValueTest
{
    readonly byte[] _text = Encoding.UTF8.GetBytes(text);

    /// <inheritdoc/>
    public override string Literal => text;

    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<byte> value) => value.IndexOf(_text) >= 0;
}
