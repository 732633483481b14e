namespace Akashi.Recordings;

public static partial class TerminalWidth
{
    const int FirstOther = 0x300;

    /// <summary>The columns of a code point: 0 for marks that stand on the character before and for those that aren't seen, 2 for wide ones, else 1.</summary>
    /// <param name="codePoint">0x20 to 0x10FFFF.</param>
    public static int Of(int codePoint)
    {
        if (codePoint < FirstOther)
            return 1;
        ReadOnlySpan<int> ranges = Ranges;
        int low = 0, high = ranges.Length / 3 - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            if (codePoint < ranges[middle * 3])
                high = middle - 1;
            else if (codePoint > ranges[middle * 3 + 1])
                low = middle + 1;
            else
                return ranges[middle * 3 + 2];
        }

        return 1;
    }
}
