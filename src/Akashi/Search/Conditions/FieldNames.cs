using System.Text;

namespace Akashi.Search.Conditions;

/// <summary>Names of fields that a condition looks at.</summary>
/// <param name="names">One or more.</param>
public sealed class FieldNames(params ReadOnlySpan<string> names)
{
    readonly byte[][] _names = ToBytes(names);

    /// <summary>The names.</summary>
    public IReadOnlyList<byte[]> All => _names;

    /// <summary>Whether it is one of them.</summary>
    public bool Contains(ReadOnlySpan<byte> name)
    {
        foreach (byte[] wanted in _names)
        {
            if (name.SequenceEqual(wanted))
                return true;
        }

        return false;
    }

    /// <summary>Every name with an equals sign and a value behind it, as a line would hold it.</summary>
    public IReadOnlyList<byte[]> With(string value) =>
        [.. _names.Select(name => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(name) + "=" + value))];

    static byte[][] ToBytes(ReadOnlySpan<string> names)
    {
        byte[][] all = new byte[names.Length][];
        for (int index = 0; index < all.Length; index++)
            all[index] = Encoding.UTF8.GetBytes(names[index]);
        return all;
    }
}
