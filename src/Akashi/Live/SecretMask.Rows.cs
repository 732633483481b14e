using System.Diagnostics;
using System.Text;

namespace Akashi.Live;

/// <summary>Options of known programs, <see cref="SecretRules.Rows"/>.</summary>
public sealed partial class SecretMask
{
    static readonly byte[][] s_options = [.. SecretRules.Rows.Select(row => Encoding.ASCII.GetBytes(row.Option))];
    static readonly byte[][] s_programs = [.. SecretRules.Rows.Select(row => Encoding.ASCII.GetBytes($" {row.Programs} "))];
    static readonly byte[][] s_flags = [.. SecretRules.Rows.Select(row => Encoding.ASCII.GetBytes(row.Flags))];
    static readonly byte[][] s_after = [.. SecretRules.Rows.Select(row => Encoding.ASCII.GetBytes(row.After))];
    static readonly ulong s_lastWordRows = RowsWhere(row => row.Place == ValuePlace.LastWord && row.Option.Length == 0);

    static ulong RowsWhere(Func<SecretRule, bool> isWanted)
    {
        Debug.Assert(SecretRules.Rows.Count <= 64);
        ulong rows = 0;
        for (int index = 0; index < SecretRules.Rows.Count; index++)
        {
            if (isWanted(SecretRules.Rows[index]))
                rows |= 1UL << index;
        }

        return rows;
    }

    static ulong RowsOf(ReadOnlySpan<byte> program)
    {
        const int NameBytesMax = 40;
        if (program.IsEmpty || program.Length > NameBytesMax || program.Contains((byte)' '))
            return 0;
        Span<byte> word = stackalloc byte[NameBytesMax + 2];
        word = word[..(program.Length + 2)];
        word[0] = word[^1] = (byte)' ';
        program.CopyTo(word[1..]);
        ulong rows = 0;
        for (int index = 0; index < s_programs.Length; index++)
        {
            if (s_programs[index].AsSpan().IndexOf(word) >= 0)
                rows |= 1UL << index;
        }

        return rows;
    }

    void ApplyRows(ref WordState words, int argument, int start, int end)
    {
        if (words.Rows == 0)
            return;
        ReadOnlySpan<byte> word = _line[argument][start..end];
        for (int index = 0; index < s_options.Length; index++)
        {
            ulong bit = 1UL << index;
            if ((words.Rows & bit) == 0)
                continue;
            bool isOpen = s_after[index].Length == 0 || (words.Unlocked & bit) != 0;
            if (isOpen)
                ApplyRow(ref words, index, word, argument, start, end);
            else if (word.SequenceEqual(s_after[index]))
                words.Unlocked |= bit;
        }
    }

    void ApplyRow(ref WordState words, int index, ReadOnlySpan<byte> word, int argument, int start, int end)
    {
        SecretRule row = SecretRules.Rows[index];
        if (row.Place == ValuePlace.Operands)
        {
            if (!word.StartsWith("-"u8))
                MaskPart(row.Part, argument, start, end);
            return;
        }

        if (row.Place == ValuePlace.LastWord)
        {
            bool isOption = word.StartsWith("-"u8) && !word.StartsWith("--"u8);
            words.MasksLast |= row.Option.Length == 2 && isOption && word[1..].Contains((byte)row.Option[1]);
            return;
        }

        if (!TryMatch(index, word, out int length))
            return;
        if (length == word.Length)
        {
            if (row.Place != ValuePlace.Attached)
                words.ExpectNext(row.Part, isLoose: false);
        }
        else if (row.Place != ValuePlace.Next)
        {
            MaskPart(row.Part, argument, start + length, end);
        }
    }

    // getopt takes --use for --user. Three letters may be missing: --proxy is no --proxy-user.
    static bool IsAbbreviated(ReadOnlySpan<byte> option, ReadOnlySpan<byte> word, out int length)
    {
        const int NameBytesMin = 5, MissingMax = 3;
        int sign = word.IndexOf((byte)'=');
        ReadOnlySpan<byte> name = sign < 0 ? word : word[..sign];
        length = sign < 0 ? word.Length : sign + 1;
        return name.Length >= Math.Max(NameBytesMin, option.Length - MissingMax) && option.StartsWith(name);
    }

    // -p, -sSp after flags that take no value; --user and --user=.
    static bool TryMatch(int index, ReadOnlySpan<byte> word, out int length)
    {
        ReadOnlySpan<byte> option = s_options[index];
        length = option.Length;
        if (option.StartsWith("--"u8))
        {
            if (!word.StartsWith(option))
                return IsAbbreviated(option, word, out length);
            if (word.Length > length && word[length++] != '=')
                return false;
            return true;
        }

        if (word.StartsWith(option))
            return SecretRules.Rows[index].Place != ValuePlace.Next || word.Length == option.Length;
        if (option.Length != 2 || option[0] != '-' || word.Length < 3 || word[0] != '-')
            return false;
        int flags = word[1..].IndexOfAnyExcept(s_flags[index]);
        length = flags + 2;
        return flags > 0 && word[flags + 1] == option[1];
    }
}
