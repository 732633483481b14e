using System.Text;
using Akashi.Records;

namespace Akashi.Audit;

/// <summary>How a value stands in a record: quoted where it's harmless, else in hexadecimal digits, so that readers take it for what it is.</summary>
/// <remarks>As audit_value_needs_encoding(3) and audit_encode_nv_string(3): a quote, or a byte below 0x21 or above 0x7E in UTF-8, takes digits.</remarks>
public static class FieldEncoding
{
    /// <summary>Whether a value takes digits.</summary>
    public static bool NeedsHex(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return EncodedText.NeedsHex(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The value as it stands in a record: <c>"bob"</c>, <c>626F2062</c>; <c>"?"</c> for null.</summary>
    public static string EncodeValue(string? value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value ?? "?");
        byte[] encoded = new byte[EncodedText.EncodedLength(bytes)];
        EncodedText.Encode(bytes, encoded);
        return Encoding.ASCII.GetString(encoded);
    }

    /// <summary>A field of a message: <c>acct="bob"</c>.</summary>
    /// <param name="name">Its name: letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="value">Its value; null for unknown.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static string EncodeField(string name, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))
                throw new ArgumentException($"'{name}' is no field's name: letters, digits, - and _ are", nameof(name));
        }

        return $"{name}={EncodeValue(value)}";
    }
}
