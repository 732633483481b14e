using System.Runtime.InteropServices;
using System.Text;

namespace Akashi.Live.Tests.Netlink;

/// <summary>A rule on one path as bytes, written out here rather than by the encoder under test elsewhere.</summary>
/// <remarks>
/// struct audit_rule_data of linux/audit.h: flags, action, field_count, mask[64], fields[64], values[64],
/// fieldflags[64], buflen, buf; all u32 but the last.
/// </remarks>
static class WatchRule
{
    const uint FilterExit = 4;
    const uint Always = 2;
    const uint Watch = 105;
    const uint Permission = 106;
    const uint FilterKey = 210;
    const uint Equal = 0x40000000;
    const uint WriteAndAttributes = 2 | 8;

    internal static byte[] Encode(string path, string key)
    {
        byte[] strings = Encoding.UTF8.GetBytes(path + key);
        uint[] words = new uint[3 + (4 * 64) + 1];
        words[0] = FilterExit;
        words[1] = Always;
        words[2] = 3;
        words.AsSpan(3, 64).Fill(uint.MaxValue);
        Set(words, 0, Watch, (uint)Encoding.UTF8.GetByteCount(path));
        Set(words, 1, Permission, WriteAndAttributes);
        Set(words, 2, FilterKey, (uint)Encoding.UTF8.GetByteCount(key));
        words[^1] = (uint)strings.Length;
        return [.. MemoryMarshal.AsBytes(words.AsSpan()), .. strings];
    }

    /// <summary>The rule as the kernel lists it: the upper 16 bits of the mask's last word stand for classes of
    /// system calls, which the kernel resolves (audit_to_entry_common), and are never given back.</summary>
    internal static byte[] AsListed(byte[] rule)
    {
        byte[] listed = [.. rule];
        int lastWord = 12 + (63 * 4);
        listed[lastWord + 2] = listed[lastWord + 3] = 0;
        return listed;
    }

    static void Set(uint[] words, int index, uint field, uint value)
    {
        words[3 + 64 + index] = field;
        words[3 + 128 + index] = value;
        words[3 + 192 + index] = Equal;
    }
}
