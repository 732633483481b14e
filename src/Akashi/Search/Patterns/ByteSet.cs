using System.Numerics;

namespace Akashi.Search.Patterns;

/// <summary>Which of the 256 bytes belong.</summary>
readonly record struct ByteSet(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>Letters, digits, underscore: what \w stands for.</summary>
    public static readonly ByteSet Word = Of("0-9A-Z_a-z");

    /// <summary>Blank and the five controls of isspace(3).</summary>
    public static readonly ByteSet Space = Of(" \t-\r");

    /// <summary>Every byte.</summary>
    public static readonly ByteSet Any = new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>A set of one.</summary>
    public static ByteSet One(byte value) => default(ByteSet).With(value, value);

    /// <summary>A set of ASCII characters and of ranges such as <c>a-z</c>.</summary>
    public static ByteSet Of(string text)
    {
        ByteSet set = default;
        for (int index = 0; index < text.Length; index++)
        {
            bool isRange = index + 2 < text.Length && text[index + 1] == '-';
            set = set.With((byte)text[index], (byte)text[isRange ? index + 2 : index]);
            index += isRange ? 2 : 0;
        }

        return set;
    }

    /// <summary>Whether a byte belongs.</summary>
    public bool Contains(byte value) => ((value >> 6) switch { 0 => First, 1 => Second, 2 => Third, _ => Fourth } >> (value & 63) & 1) != 0;

    /// <summary>The one byte that belongs; false where it's none or several.</summary>
    public bool TryGetOnly(out byte only)
    {
        ReadOnlySpan<ulong> words = [First, Second, Third, Fourth];
        only = 0;
        int count = 0;
        for (int word = 0; word < words.Length; word++)
        {
            count += BitOperations.PopCount(words[word]);
            if (words[word] != 0)
                only = (byte)((word * 64) + BitOperations.TrailingZeroCount(words[word]));
        }

        return count == 1;
    }

    /// <summary>The set with a range, both ends counted in.</summary>
    public ByteSet With(byte first, byte last) => Or(new ByteSet(Word64(0, first, last), Word64(1, first, last), Word64(2, first, last), Word64(3, first, last)));

    /// <summary>What belongs to one of two.</summary>
    public ByteSet Or(ByteSet other) => new(First | other.First, Second | other.Second, Third | other.Third, Fourth | other.Fourth);

    /// <summary>What doesn't belong.</summary>
    public ByteSet Not() => new(~First, ~Second, ~Third, ~Fourth);

    static ulong Word64(int word, int first, int last)
    {
        ulong bits = 0;
        for (int value = Math.Max(first, word * 64); value <= Math.Min(last, (word * 64) + 63); value++)
            bits |= 1UL << (value & 63);
        return bits;
    }
}
