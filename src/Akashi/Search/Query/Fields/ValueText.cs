using Akashi.Records;

namespace Akashi.Search.Query.Fields;

/// <summary>Raw values without their quotes, or decoded from hex.</summary>
static class ValueText
{
    /// <summary>Without quotes.</summary>
    public static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> raw) =>
        raw.Length >= 2 && raw[0] == '"' && raw[^1] == '"' ? raw[1..^1] : raw;

    /// <summary>Whether it may stand in hex: needles have digits of one case, as every writer has.</summary>
    public static bool MayBeHex(ReadOnlySpan<byte> raw) =>
        raw.Length >= 2 && (raw.Length & 1) == 0 && raw[0] != '"'
        && !(raw.ContainsAnyInRange((byte)'a', (byte)'f') && raw.ContainsAnyInRange((byte)'A', (byte)'F'));

    /// <summary>Without quotes, or decoded.</summary>
    /// <param name="raw">The value.</param>
    /// <param name="decoded">At least half as long.</param>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> raw, Span<byte> decoded) =>
        MayBeHex(raw) && EncodedText.TryDecodeHex(raw, decoded, out int length) ? decoded[..length] : Unquote(raw);

    /// <summary>Whether a value is a number from 0 to 4294967295, or -1, as the kernel writes them.</summary>
    public static bool TryId(ReadOnlySpan<byte> raw, out uint id)
    {
        id = uint.MaxValue;
        if (raw.SequenceEqual("-1"u8))
            return true;
        bool isCanonical = raw.Length > 0 && raw[0] is >= (byte)'0' and <= (byte)'9' && (raw.Length == 1 || raw[0] != '0');
        return isCanonical && System.Buffers.Text.Utf8Parser.TryParse(raw, out id, out int used) && used == raw.Length;
    }
}
