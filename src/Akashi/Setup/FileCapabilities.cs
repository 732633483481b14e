using System.Buffers.Binary;
using System.Text;
using Akashi.Tables;

namespace Akashi.Setup;

/// <summary>Reads the capabilities of a program file: the extended attribute security.capability.</summary>
/// <remarks>
/// <code>
/// offset  size  member of struct vfs_cap_data, little-endian (linux/capability.h)
///      0     4  magic_etc: revision in the highest byte (1, 2, 3), bit 0: effective
///      4     4  permitted, capabilities 0 to 31
///      8     4  inheritable, 0 to 31
///     12     8  both again, 32 to 63; of revision 2 and 3
///     20     4  rootid: the user namespace's root; of revision 3
/// </code>
/// </remarks>
public static class FileCapabilities
{
    /// <summary>The most bytes that the attribute has.</summary>
    public const int BytesMax = 24;

    /// <summary>Capabilities that are none, but effective: the kernel starts such a program securely (AT_SECURE), and gives it nothing.</summary>
    public static ReadOnlySpan<byte> None => [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    const int WordsOffset = 4;
    const int PairBytes = 8;
    const int InheritableOffset = 4;

    /// <summary>The names of the capabilities that a program gets or may get, joined by commas: <c>cap_net_raw</c>.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <returns>Null where there are none, or the attribute isn't one.</returns>
    public static string? Names(ReadOnlySpan<byte> attribute)
    {
        if (attribute.Length < WordsOffset + PairBytes)
            return null;
        var names = new List<string>();
        int pairs = Math.Min((attribute.Length - WordsOffset) / PairBytes, 2);
        for (int pair = 0; pair < pairs; pair++)
        {
            ReadOnlySpan<byte> words = attribute[(WordsOffset + pair * PairBytes)..];
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(words) | BinaryPrimitives.ReadUInt32LittleEndian(words[InheritableOffset..]);
            for (int bit = 0; bit < 32; bit++)
            {
                if ((bits >> bit & 1) != 0)
                    names.Add(NameOf(pair * 32 + bit));
            }
        }

        return names.Count == 0 ? null : string.Join(',', names);
    }

    static string NameOf(int number) => "cap_" + (Capabilities.Names.TryGetName(number, out ReadOnlySpan<byte> name) ? Encoding.ASCII.GetString(name) : $"{number}");
}
