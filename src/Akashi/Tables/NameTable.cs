namespace Akashi.Tables;

/// <summary>Names and numbers that stand for one another, over constant data: making one costs nothing and allocates nothing.</summary>
/// <remarks>
/// Entries keep the order of their input, which decides how flags are printed. Where several names have one number, the first
/// is shown and every one resolves; where one name has several numbers, the first counts. The generated classes beside this
/// file hold the data: <c>Errnos.Names</c>, <c>OpenFlags.Names</c>. A default table is empty.
/// </remarks>
public readonly ref struct NameTable
{
    // Names follow one another without a gap; the name of entry i ends at _ends[i].
    readonly ReadOnlySpan<byte> _text;
    readonly ReadOnlySpan<ushort> _ends;
    readonly ReadOnlySpan<long> _numbers;

    // Indexes of entries: the shown ones by number, and all by name in lower case, then by index.
    readonly ReadOnlySpan<ushort> _byNumber;
    readonly ReadOnlySpan<ushort> _byName;

    internal NameTable(
        ReadOnlySpan<byte> text, ReadOnlySpan<ushort> ends, ReadOnlySpan<long> numbers,
        ReadOnlySpan<ushort> byNumber, ReadOnlySpan<ushort> byName)
    {
        _text = text;
        _ends = ends;
        _numbers = numbers;
        _byNumber = byNumber;
        _byName = byName;
    }

    /// <summary>The entries, in the input's order.</summary>
    public int Count => _numbers.Length;

    /// <summary>The number of an entry, 0 or more; entries are counted from 0 in the input's order.</summary>
    public long NumberAt(int index) => _numbers[index];

    /// <summary>The name of an entry, printable ASCII; entries are counted from 0 in the input's order.</summary>
    public ReadOnlySpan<byte> NameAt(int index) => _text[(index == 0 ? 0 : _ends[index - 1])..(int)_ends[index]];

    /// <summary>The name that is shown for a number.</summary>
    /// <returns>False, and an empty name, where the number has none.</returns>
    public bool TryGetName(long number, out ReadOnlySpan<byte> name)
    {
        int low = 0, high = _byNumber.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int index = _byNumber[middle];
            long found = _numbers[index];
            if (found == number)
            {
                name = NameAt(index);
                return true;
            }
            if (found < number)
                low = middle + 1;
            else
                high = middle - 1;
        }
        name = default;
        return false;
    }

    /// <summary>The number of a name, every letter as it stands in the table.</summary>
    /// <returns>False, and 0, where there is no such name.</returns>
    public bool TryGetNumber(ReadOnlySpan<byte> name, out long number)
    {
        for (int place = FirstNotBefore(name); place < _byName.Length; place++)
        {
            int index = _byName[place];
            ReadOnlySpan<byte> found = NameAt(index);
            if (found.SequenceEqual(name))
            {
                number = _numbers[index];
                return true;
            }
            if (CompareFolded(found, name) != 0)
                break;
        }
        number = 0;
        return false;
    }

    /// <summary>The number of a name in letters of either case.</summary>
    /// <returns>False, and 0, where there is no such name.</returns>
    public bool TryGetNumberIgnoreCase(ReadOnlySpan<byte> name, out long number)
    {
        int place = FirstNotBefore(name);
        if (place < _byName.Length && CompareFolded(NameAt(_byName[place]), name) == 0)
        {
            number = _numbers[_byName[place]];
            return true;
        }
        number = 0;
        return false;
    }

    int FirstNotBefore(ReadOnlySpan<byte> name)
    {
        int low = 0, high = _byName.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (CompareFolded(NameAt(_byName[middle]), name) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    static int CompareFolded(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int length = Math.Min(left.Length, right.Length);
        for (int index = 0; index < length; index++)
        {
            int difference = Fold(left[index]) - Fold(right[index]);
            if (difference != 0)
                return difference;
        }
        return left.Length - right.Length;
    }

    static int Fold(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? letter + ('a' - 'A') : letter;
}
