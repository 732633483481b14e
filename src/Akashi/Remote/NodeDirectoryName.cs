using System.Buffers;
using System.Globalization;
using System.Text;

namespace Akashi.Remote;

/// <summary>The name of a node's directory below <c>node_log_dir</c>.</summary>
/// <remarks>
/// A node's name is its sender's choice. Lower case letters, digits, <c>_ -</c> and inner dots stay; every other byte becomes <c>%XX</c>: no name has a slash or begins with a dot,
/// and two names have one directory nowhere, not even where the file system doesn't tell upper from lower case. <c>@</c> begins the names that are no node's.
/// </remarks>
public static class NodeDirectoryName
{
    /// <summary>The longest name of a file.</summary>
    public const int LengthMax = 255;

    /// <summary>Where the records of senders go that are one too many.</summary>
    public const string Others = "@@others";

    static readonly SearchValues<char> s_kept = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>The directory of a node.</summary>
    /// <returns>Null for a name that is too long for one, or empty.</returns>
    public static string? OfNode(string node)
    {
        string name = Encode(node);
        return name.Length is > 0 and <= LengthMax ? name : null;
    }

    /// <summary>The directory of a sender, for records whose node isn't its own.</summary>
    public static string OfSender(string sender)
    {
        string name = "@" + Encode(sender);
        return name.Length <= LengthMax ? name : Others;
    }

    static string Encode(string text)
    {
        var name = new StringBuilder();
        foreach (byte one in Encoding.UTF8.GetBytes(text))
        {
            if (s_kept.Contains((char)one) && !(one == '.' && name.Length == 0))
                name.Append((char)one);
            else
                name.Append(CultureInfo.InvariantCulture, $"%{one:x2}");
        }

        return name.ToString();
    }
}
