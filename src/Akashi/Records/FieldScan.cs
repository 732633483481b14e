using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Akashi.Records;

/// <summary>Takes the pairs off a record's body one after the other: what <see cref="FieldEnumerator"/> walks by, for who keeps the place himself.</summary>
/// <remarks>
/// <code>
/// skip blanks
/// the name ends before the first equals sign; a blank before that, or no name: go on behind it
/// the value ends before the next blank, or behind its second quote
/// </code>
/// What differs: (1) the stops (blanks, equals signs, quotes of both kinds) of a window of 64 bytes are found at once, a bit a byte: byte by byte each name
/// and each value ends with a branch that the processor can't foretell; (2) the bits stay where they are and are cleared one by one, and the body isn't cut
/// as the walk goes on: a pair waits for the one before it for two instructions; (3) what hardly any record has, such as a quote within a name, or one
/// without its partner, is taken byte by byte.
/// </remarks>
static class FieldScan
{
    const int WindowBytes = 64;

    /// <summary>Takes the next pair.</summary>
    /// <param name="body">The whole body; becomes what stands inside of it when the walk enters msg='…'.</param>
    /// <param name="at">The index of the first byte that is still to be walked: 0 at first.</param>
    /// <param name="window">The index of the byte that bit 0 of the stops stands for: 0 at first.</param>
    /// <param name="stops">The stops of the window that are still to be walked: 0 at first.</param>
    /// <param name="isNested">Whether the rest stands inside msg='…': false at first, and afterwards so for the pair.</param>
    /// <param name="name">The name; empty where there is no pair.</param>
    /// <param name="value">Its raw value.</param>
    /// <returns>False at the end.</returns>
    internal static bool TryTake(
        scoped ref ReadOnlySpan<byte> body, scoped ref int at, scoped ref int window, scoped ref ulong stops, scoped ref bool isNested,
        out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> bytes = body;
        int start = at, first = window;
        ulong bits = stops;
        while (true)
        {
            if (bits == 0)
            {
                first = start;
                bits = Look(bytes, start);
                if (bits == 0)
                    break;
            }

            int sign = first + BitOperations.TrailingZeroCount(bits);
            byte stop = bytes[sign];
            if (stop != '=' || sign == start)
            {
                if (stop is not ((byte)' ' or (byte)'='))
                    break;
                bits &= bits - 1;
                start = sign + 1;
                continue;
            }

            bits &= bits - 1;
            int from = sign + 1;
            if (bits == 0)
            {
                first = from;
                bits = Look(bytes, from);
            }

            int end, next;
            if (bits == 0)
                end = next = EndOfPlain(bytes, from);
            else
            {
                end = first + BitOperations.TrailingZeroCount(bits);
                next = end + 1;
                byte mark = bytes[end];
                bits &= bits - 1;
                if (mark != ' ')
                {
                    if (end == from && mark == '\'' && !isNested && bytes[start..sign].SequenceEqual("msg"u8))
                    {
                        body = bytes = WithoutQuotes(bytes[from..]);
                        bits = 0;
                        start = 0;
                        isNested = true;
                        continue;
                    }

                    end = next = end == from && mark == '"' ? EndOfQuoted(bytes, from, first, ref bits) : EndOfPlain(bytes, from, first, ref bits);
                    if (end == 0)
                        break;
                }
            }

            name = bytes[start..sign];
            value = bytes[from..end];
            at = next;
            window = first;
            stops = bits;
            if (end > from && bytes[end - 1] is (byte)',' or (byte)':' or (byte)')')
                value = WithoutTail(value);
            return true;
        }

        body = bytes[start..];
        at = 0;
        stops = 0;
        return TryTakePlainly(ref body, ref isNested, out name, out value);
    }

    /// <summary>The same byte by byte.</summary>
    internal static bool TryTakePlainly(scoped ref ReadOnlySpan<byte> rest, scoped ref bool isNested, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        while (TryFindEnd(ref rest, out int end))
        {
            if (rest[end] == ' ' || end == 0)
            {
                rest = rest[(end + 1)..];
                continue;
            }

            name = rest[..end];
            rest = rest[(end + 1)..];
            if (!isNested && rest.StartsWith("'"u8) && name.SequenceEqual("msg"u8))
            {
                rest = WithoutQuotes(rest);
                isNested = true;
                continue;
            }

            int length = rest.StartsWith("\""u8) ? rest[1..].IndexOf((byte)'"') + 2 : 0;
            if (length < 2)
                length = EndOfPlain(rest, 0);
            value = WithoutTail(rest[..length]);
            rest = rest[length..];
            return true;
        }

        rest = name = value = default;
        return false;
    }

    // Skips blanks, and finds what ends the word behind them: an equals sign or a blank.
    static bool TryFindEnd(scoped ref ReadOnlySpan<byte> rest, out int end)
    {
        rest = rest.TrimStart((byte)' ');
        end = rest.IndexOfAny((byte)'=', (byte)' ');
        return end >= 0;
    }

    // Bits of bytes behind the end are 0. Of less than 64 bytes the two looks overlap.
    static ulong Look(ReadOnlySpan<byte> bytes, int at)
    {
        ReadOnlySpan<byte> rest = bytes[at..];
        int second = Math.Min(rest.Length, WindowBytes) - 32;
        if (second >= 0)
            return StopsOf32(rest) | (StopsOf32(rest[second..]) << second);
        second = rest.Length - 16;
        if (second >= 0)
            return StopsOf16(rest) | (StopsOf16(rest[second..]) << second);
        ulong stops = 0;
        for (int index = 0; index < rest.Length; index++)
            stops |= rest[index] is (byte)' ' or (byte)'=' or (byte)'"' or (byte)'\'' ? 1UL << index : 0;
        return stops;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong StopsOf32(ReadOnlySpan<byte> bytes)
    {
        if (!Vector256.IsHardwareAccelerated)
            return StopsOf16(bytes) | (StopsOf16(bytes[16..]) << 16);
        var found = Vector256.Create(bytes);
        return (Vector256.Equals(found, Vector256.Create((byte)' ')) | Vector256.Equals(found, Vector256.Create((byte)'='))
            | Vector256.Equals(found, Vector256.Create((byte)'"')) | Vector256.Equals(found, Vector256.Create((byte)'\''))).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong StopsOf16(ReadOnlySpan<byte> bytes)
    {
        var found = Vector128.Create(bytes);
        return (Vector128.Equals(found, Vector128.Create((byte)' ')) | Vector128.Equals(found, Vector128.Create((byte)'='))
            | Vector128.Equals(found, Vector128.Create((byte)'"')) | Vector128.Equals(found, Vector128.Create((byte)'\''))).ExtractMostSignificantBits();
    }

    static int EndOfPlain(ReadOnlySpan<byte> bytes, int from)
    {
        int length = bytes[from..].IndexOf((byte)' ');
        return length < 0 ? bytes.Length : from + length;
    }

    // Of a value within which there are stops; those behind it stay.
    static int EndOfPlain(ReadOnlySpan<byte> bytes, int from, int window, scoped ref ulong stops)
    {
        for (; stops != 0; stops &= stops - 1)
        {
            int place = window + BitOperations.TrailingZeroCount(stops);
            if (bytes[place] == ' ')
                return place;
        }

        return EndOfPlain(bytes, from);
    }

    // 0 for a quote without its partner. Stops behind the value stay.
    static int EndOfQuoted(ReadOnlySpan<byte> bytes, int from, int window, scoped ref ulong stops)
    {
        while (stops != 0)
        {
            int place = window + BitOperations.TrailingZeroCount(stops);
            stops &= stops - 1;
            if (bytes[place] == '"')
                return place + 1;
        }

        int length = bytes[(from + 1)..].IndexOf((byte)'"');
        return length < 0 ? 0 : from + length + 2;
    }

    // The message ends with the last quote of the body: programs put quotes inside it unescaped.
    static ReadOnlySpan<byte> WithoutQuotes(ReadOnlySpan<byte> message)
    {
        int close = message.LastIndexOf((byte)'\'');
        return close > 0 ? message[1..close] : message[1..];
    }

    // Older tools leave these behind a value. Most that end so are (none) and (null).
    static ReadOnlySpan<byte> WithoutTail(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[^1] is not ((byte)',' or (byte)':' or (byte)')') || (value[0] == '(' && value[^1] == ')'))
            return value;
        return value.TrimEnd(value.Contains((byte)'(') ? ",:"u8 : ",:)"u8);
    }
}
