using System.Text;
using Akashi.Records;

namespace Akashi.Search.Conditions;

/// <summary>A text that is compared with the values of fields: as a part of them, or as the whole.</summary>
/// <remarks>
/// Letters of another case are other letters. A value may stand in hex (<see cref="EncodedText"/>); its digits must be of one case then, as every writer
/// has them, else no list of needles would be complete.
/// </remarks>
public sealed class TextPattern
{
    readonly byte[] _text;
    readonly bool _isWhole;
    readonly byte[] _decoded = new byte[Record.LineBytesMax / 2];

    /// <summary>Makes a pattern.</summary>
    /// <param name="text">What is looked for; written as UTF-8 in the trail.</param>
    /// <param name="isWhole">Whether the value must be the text and nothing more: ausearch's -w.</param>
    public TextPattern(string text, bool isWhole)
    {
        _text = Encoding.UTF8.GetBytes(text);
        _isWhole = isWhole;
    }

    /// <summary>Whether a text without quotes, that is not encoded, holds it.</summary>
    public bool IsIn(ReadOnlySpan<byte> text) => _isWhole ? text.SequenceEqual(_text) : text.IndexOf(_text) >= 0;

    /// <summary>Whether a raw value holds it, once its quotes are off or its hex digits decoded.</summary>
    public bool IsInRaw(ReadOnlySpan<byte> raw) => IsIn(Decode(raw));

    /// <summary>A raw value without its quotes, or decoded; valid until the next call.</summary>
    public ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.Length >= 2 && raw[0] == '"' && raw[^1] == '"')
            return raw[1..^1];
        return !HasMixedCase(raw) && EncodedText.TryDecodeHex(raw, _decoded, out int length)
            ? _decoded.AsSpan(0, length)
            : raw;
    }

    /// <summary>The forms in which a line can hold the text: plain, in hex of upper case, in hex of lower case.</summary>
    /// <remarks>None for an empty text: every line holds it. Hex digits stand in pairs, so that the digits of a part are a part of the digits.</remarks>
    public IReadOnlyList<byte[]> Needles()
    {
        if (_text.Length == 0)
            return [];
        string upper = Convert.ToHexString(_text);
        byte[][] all = [_text, Encoding.ASCII.GetBytes(upper), Encoding.ASCII.GetBytes(upper.ToLowerInvariant())];
        return all[1].AsSpan().SequenceEqual(all[2]) ? all[..2] : all;
    }

    static bool HasMixedCase(ReadOnlySpan<byte> raw) =>
        raw.ContainsAnyInRange((byte)'a', (byte)'f') && raw.ContainsAnyInRange((byte)'A', (byte)'F');
}
