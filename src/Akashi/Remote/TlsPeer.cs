using System.Text;

namespace Akashi.Remote;

/// <summary>Who is at the other end of a TLS connection, as a certificate or a key proved it.</summary>
/// <remarks>
/// Names are told apart in any case of letters, and nothing in one stands for something else. A name has 1 to 255 bytes from <c>!</c> to <c>~</c>, and none of <c>= " '</c>:
/// whatever else a certificate has for a name is none.
/// </remarks>
/// <param name="names">Its names, the one that its records get first.</param>
/// <param name="nodes">Other machines whose records it may send; <c>*</c> for any.</param>
public sealed class TlsPeer(IReadOnlyList<string> names, IReadOnlyList<string> nodes)
{
    readonly byte[][] _names = [.. names.Select(Encoding.ASCII.GetBytes)];
    readonly byte[][] _nodes = [.. nodes.Select(Encoding.ASCII.GetBytes)];

    /// <summary>The name that its records get where they have none of its own.</summary>
    public ReadOnlySpan<byte> Name => _names[0];

    /// <summary>The same as text.</summary>
    public string NameText => names[0];

    /// <summary>All of its names.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= ReceivedText.NodeBytesMax && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && text.AsSpan().IndexOfAny("=\"'") < 0;

    /// <summary>A node's name, if it's its own, as the certificate spells it; else empty.</summary>
    public ReadOnlySpan<byte> FindOwn(ReadOnlySpan<byte> node) => Find(_names, node);

    /// <summary>A node's name, if it may send records of that node beside its own, as the file of clients spells it; else empty.</summary>
    public ReadOnlySpan<byte> FindOther(ReadOnlySpan<byte> node) =>
        Find(_nodes, node) is { IsEmpty: false } found ? found : Find(_nodes, "*"u8).IsEmpty ? default : node;

    static ReadOnlySpan<byte> Find(byte[][] all, ReadOnlySpan<byte> node)
    {
        foreach (byte[] one in all)
        {
            if (Ascii.EqualsIgnoreCase(one, node))
                return one;
        }

        return default;
    }
}
