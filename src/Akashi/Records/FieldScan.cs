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
/// What differs: the blanks and the equals signs of 64 bytes are found at once, as two numbers of a bit a byte, which are shifted as the walk goes on. Byte
/// by byte each name and each value ends with a branch that the processor can't foretell.
/// </remarks>
static class FieldScan
{
    const int WindowBytes = 64;

    /// <summary>Takes the next pair.</summary>
    /// <param name="rest">What is still to be walked: the whole body at first.</param>
    /// <param name="blanks">Bit i: a blank is known to stand at index i of the rest. 0 at first; bits of what wasn't looked at yet are 0.</param>
    /// <param name="signs">The same of equals signs.</param>
    /// <param name="isNested">Whether the rest stands inside msg='…': false at first, and afterwards so for the pair.</param>
    /// <param name="name">The name; empty where there is no pair.</param>
    /// <param name="value">Its raw value.</param>
    /// <returns>False at the end.</returns>
    internal static bool TryTake(
        scoped ref ReadOnlySpan<byte> rest, scoped ref ulong blanks, scoped ref ulong signs, scoped ref bool isNested, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> bytes = rest;
        ulong blankBits = blanks, signBits = signs;
        int at = 0;
        while (true)
        {
            while ((uint)at < (uint)bytes.Length && bytes[at] == ' ')
            {
                at++;
                blankBits >>= 1;
                signBits >>= 1;
            }

            if ((blankBits | signBits) == 0)
                (blankBits, signBits) = Look(bytes, at);
            int length = (blankBits | signBits) != 0 ? BitOperations.TrailingZeroCount(blankBits | signBits) : FindStop(bytes, at);
            int start = at;
            at += length;
            if ((uint)at >= (uint)bytes.Length)
                break;

            // Two shifts, as one by 64 is none. Where the name is longer than that nothing is known.
            blankBits = blankBits >> length >> 1;
            signBits = signBits >> length >> 1;
            if (bytes[at++] == ' ' || length == 0)
                continue;
            name = bytes.Slice(start, length);
            byte first = (uint)at < (uint)bytes.Length ? bytes[at] : (byte)0;
            if (first == '"')
            {
                int quoted = LengthOfQuoted(bytes, at);
                if (quoted > 0)
                {
                    value = bytes.Slice(at, quoted);
                    rest = bytes[(at + quoted)..];
                    bool isKnown = quoted < WindowBytes;
                    blanks = isKnown ? blankBits >> quoted : 0;
                    signs = isKnown ? signBits >> quoted : 0;
                    return true;
                }
            }
            else if (first == '\'' && !isNested && name.SequenceEqual("msg"u8))
            {
                bytes = bytes[..EndOfMessage(bytes, at++)];
                blankBits = signBits = 0;
                isNested = true;
                continue;
            }

            if (blankBits == 0)
                (blankBits, signBits) = Look(bytes, at);
            if (blankBits != 0)
                length = BitOperations.TrailingZeroCount(blankBits);
            else
                (length, signBits) = (FindBlank(bytes, at), 0);
            blanks = blankBits >> length;
            signs = signBits >> length;
            rest = bytes[(at + length)..];
            value = bytes.Slice(at, length);
            if (length > 0 && value[^1] is (byte)',' or (byte)':' or (byte)')')
                value = WithoutTail(value);
            return true;
        }

        rest = name = value = default;
        return false;
    }

    // Bits of bytes behind the end are 0. Of less than 64 bytes the two looks overlap.
    static (ulong Blanks, ulong Signs) Look(ReadOnlySpan<byte> bytes, int at)
    {
        ReadOnlySpan<byte> rest = bytes[at..];
        int second = Math.Min(rest.Length, WindowBytes) - 32;
        if (second >= 0)
            return (PlacesOf32(rest, (byte)' ') | (PlacesOf32(rest[second..], (byte)' ') << second), PlacesOf32(rest, (byte)'=') | (PlacesOf32(rest[second..], (byte)'=') << second));
        second = rest.Length - 16;
        if (second >= 0)
            return (PlacesOf16(rest, (byte)' ') | (PlacesOf16(rest[second..], (byte)' ') << second), PlacesOf16(rest, (byte)'=') | (PlacesOf16(rest[second..], (byte)'=') << second));
        ulong blanks = 0, signs = 0;
        for (int index = 0; index < rest.Length; index++)
        {
            blanks |= rest[index] == ' ' ? 1UL << index : 0;
            signs |= rest[index] == '=' ? 1UL << index : 0;
        }

        return (blanks, signs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong PlacesOf32(ReadOnlySpan<byte> bytes, byte wanted) => Vector256.IsHardwareAccelerated
        ? Vector256.Equals(Vector256.Create(bytes), Vector256.Create(wanted)).ExtractMostSignificantBits()
        : PlacesOf16(bytes, wanted) | (PlacesOf16(bytes[16..], wanted) << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong PlacesOf16(ReadOnlySpan<byte> bytes, byte wanted) =>
        Vector128.Equals(Vector128.Create(bytes), Vector128.Create(wanted)).ExtractMostSignificantBits();

    static int FindStop(ReadOnlySpan<byte> bytes, int at)
    {
        int length = bytes[at..].IndexOfAny((byte)'=', (byte)' ');
        return length < 0 ? bytes.Length - at : length;
    }

    static int FindBlank(ReadOnlySpan<byte> bytes, int at)
    {
        int length = bytes[at..].IndexOf((byte)' ');
        return length < 0 ? bytes.Length - at : length;
    }

    // The message ends with the last quote of the body: programs put quotes inside it unescaped.
    static int EndOfMessage(ReadOnlySpan<byte> bytes, int quote)
    {
        int length = bytes[quote..].LastIndexOf((byte)'\'');
        return length > 0 ? quote + length : bytes.Length;
    }

    // 0 for a quote without its partner.
    static int LengthOfQuoted(ReadOnlySpan<byte> bytes, int quote)
    {
        int length = bytes[(quote + 1)..].IndexOf((byte)'"');
        return length < 0 ? 0 : length + 2;
    }

    // Older tools leave these behind a value. Most that end so are (none) and (null).
    static ReadOnlySpan<byte> WithoutTail(ReadOnlySpan<byte> value)
    {
        if (value[0] == '(' && value[^1] == ')')
            return value;
        return value.TrimEnd(value.Contains((byte)'(') ? ",:"u8 : ",:)"u8);
    }
}
