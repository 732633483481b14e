namespace Akashi.Rules;

/// <summary>The order of rule files: as <c>sort -V</c> has names, numbers inside them by their value.</summary>
/// <remarks>
/// GNU coreutils, "Version sort ordering": names are compared without their extensions first, <c>(\.[A-Za-z~][A-Za-z0-9~]*)*$</c>, then whole, then byte for
/// byte. A name is cut into runs of other bytes and of digits by turns. Other bytes: ~ stands before the end of a run, that before letters, those
/// before all else. Names that begin with a dot come first.
/// </remarks>
public sealed class VersionOrder : IComparer<byte[]>
{
    VersionOrder() { }

    /// <summary>The order.</summary>
    public static VersionOrder Names { get; } = new();

    /// <inheritdoc/>
    public int Compare(byte[]? x, byte[]? y)
    {
        ReadOnlySpan<byte> one = x, other = y;
        int order = CompareVersions(one, other);
        return order != 0 ? order : one.SequenceCompareTo(other);
    }

    static int CompareVersions(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.IsEmpty || other.IsEmpty)
            return one.Length.CompareTo(other.Length);
        int order = RankOfHidden(one).CompareTo(RankOfHidden(other));
        if (order != 0 || RankOfHidden(one) < 2)
            return order;
        order = CompareRuns(WithoutExtensions(one), WithoutExtensions(other));
        return order != 0 ? order : CompareRuns(one, other);
    }

    // ".", "..", the other hidden names, then all else.
    static int RankOfHidden(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("."u8) ? 0 : name.SequenceEqual(".."u8) ? 1 : name[0] == '.' ? 2 : 3;

    static ReadOnlySpan<byte> WithoutExtensions(ReadOnlySpan<byte> name)
    {
        int end = name.Length;
        for (int index = name.Length - 1; index >= 0; index--)
        {
            if (name[index] == '.')
            {
                if (index + 1 == name.Length || !IsLetterOrTilde(name[index + 1]))
                    break;
                end = index;
            }
            else if (!IsLetterOrTilde(name[index]) && !char.IsAsciiDigit((char)name[index]))
            {
                break;
            }
        }
        return name[..end];
    }

    static bool IsLetterOrTilde(byte value) => char.IsAsciiLetter((char)value) || value == '~';

    static int CompareRuns(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        while (!one.IsEmpty || !other.IsEmpty)
        {
            while (RankOfOther(one) is var left && RankOfOther(other) is var right && (HasOther(one) || HasOther(other)))
            {
                if (left != right)
                    return left - right;
                one = one[1..];
                other = other[1..];
            }
            int order = CompareNumbers(ref one, ref other);
            if (order != 0)
                return order;
        }
        return 0;
    }

    static bool HasOther(ReadOnlySpan<byte> text) => !text.IsEmpty && !char.IsAsciiDigit((char)text[0]);

    static int RankOfOther(ReadOnlySpan<byte> text) => text switch
    {
        [] => -1,
        [(byte)'~', ..] => -2,
        [>= (byte)'0' and <= (byte)'9', ..] => 0,
        [var letter, ..] when char.IsAsciiLetter((char)letter) => letter,
        [var other, ..] => other + 256,
    };

    // Of any length, so by count of digits and then digit by digit.
    static int CompareNumbers(ref ReadOnlySpan<byte> one, ref ReadOnlySpan<byte> other)
    {
        ReadOnlySpan<byte> left = TakeNumber(ref one), right = TakeNumber(ref other);
        int order = left.Length.CompareTo(right.Length);
        return order != 0 ? order : left.SequenceCompareTo(right);
    }

    static ReadOnlySpan<byte> TakeNumber(ref ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        ReadOnlySpan<byte> digits = length < 0 ? text : text[..length];
        text = text[digits.Length..];
        return digits.TrimStart((byte)'0');
    }
}
