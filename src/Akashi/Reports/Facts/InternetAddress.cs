using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;

namespace Akashi.Reports.Facts;

/// <summary>Internet addresses in text, as inet_ntop(3) writes them; allocates nothing.</summary>
static class InternetAddress
{
    /// <summary>The longest text: <c>ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255</c>.</summary>
    public const int TextBytesMax = 48;

    const int Groups = 8;

    /// <summary>Writes <c>1.2.3.4</c>.</summary>
    /// <returns>The bytes written.</returns>
    public static int Format4(ReadOnlySpan<byte> address, Span<byte> destination)
    {
        Debug.Assert(address.Length == 4);
        int length = 0;
        for (int index = 0; index < 4; index++)
        {
            if (index > 0)
                destination[length++] = (byte)'.';
            Utf8Formatter.TryFormat(address[index], destination[length..], out int digits);
            length += digits;
        }

        return length;
    }

    /// <summary>Writes <c>2001:db8::1</c>: the first longest run of two or more zero groups is <c>::</c>; mapped IPv4 addresses end dotted.</summary>
    /// <returns>The bytes written.</returns>
    public static int Format6(ReadOnlySpan<byte> address, Span<byte> destination)
    {
        Debug.Assert(address.Length == 16);
        (int runStart, int runLength) = LongestZeroRun(address);
        int length = 0;
        for (int group = 0; group < Groups; group++)
        {
            if (group >= runStart && group < runStart + runLength)
            {
                if (group == runStart)
                    destination[length++] = (byte)':';
                continue;
            }

            if (group > 0)
                destination[length++] = (byte)':';
            if (group == 6 && runStart == 0 && (runLength == 6 || (runLength == 5 && GroupAt(address, 5) == 0xFFFF)))
                return length + Format4(address[12..], destination[length..]);
            Utf8Formatter.TryFormat(GroupAt(address, group), destination[length..], out int digits, 'x');
            length += digits;
        }

        if (runLength > 0 && runStart + runLength == Groups)
            destination[length++] = (byte)':';
        return length;
    }

    static ushort GroupAt(ReadOnlySpan<byte> address, int group) => BinaryPrimitives.ReadUInt16BigEndian(address[(group * 2)..]);

    static (int Start, int Length) LongestZeroRun(ReadOnlySpan<byte> address)
    {
        int bestStart = -1, bestLength = 1, length = 0;
        for (int group = 0; group < Groups; group++)
        {
            length = GroupAt(address, group) == 0 ? length + 1 : 0;
            if (length > bestLength)
                (bestStart, bestLength) = (group - length + 1, length);
        }

        return bestStart < 0 ? (-1, 0) : (bestStart, bestLength);
    }
}
