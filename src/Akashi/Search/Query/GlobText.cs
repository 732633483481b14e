using System.Text;

namespace Akashi.Search.Query;

/// <summary>The value follows a text in which asterisks stand for anything, nothing included.</summary>
/// <param name="pattern">With one asterisk or more.</param>
public sealed class GlobText(string pattern) : ValueTest
{
    readonly byte[][] _parts = [.. pattern.Split('*').Select(Encoding.UTF8.GetBytes)];

    /// <inheritdoc/>
    public override string Literal { get; } = pattern.Split('*').MaxBy(part => part.Length)!;

    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> first = _parts[0], last = _parts[^1];
        if (value.Length < first.Length + last.Length || !value.StartsWith(first) || !value.EndsWith(last))
            return false;

        // Each part as early as can be leaves the most room for the rest.
        value = value[first.Length..^last.Length];
        foreach (byte[] part in _parts.AsSpan(1, _parts.Length - 2))
        {
            int at = value.IndexOf(part);
            if (at < 0)
                return false;
            value = value[(at + part.Length)..];
        }

        return true;
    }
}
