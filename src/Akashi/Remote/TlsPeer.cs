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

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= ReceivedText.NodeBytesMax && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && text.AsSpan().IndexOfAny("=\"'") < 0;

    /// <summary>Whether a node's name is its own.</summary>
    public bool Is(ReadOnlySpan<byte> node) => IsAmong(_names, node);

    /// <summary>Whether it may send records of that node beside its own.</summary>
    public bool MaySend(ReadOnlySpan<byte> node) => IsAmong(_nodes, node) || IsAmong(_nodes, "*"u8);

    static bool IsAmong(byte[][] all, ReadOnlySpan<byte> node)
    {
        foreach (byte[] one in all)
        {
            if (Ascii.EqualsIgnoreCase(one, node))
                return true;
        }

        return false;
    }
}
