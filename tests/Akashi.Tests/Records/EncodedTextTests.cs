using System.Text;
using Akashi.Records;
using Akashi.Testing;

namespace Akashi.Tests.Records;

public class EncodedTextTests
{
    // What kernels wrote: testdata's logs.
    [Theory]
    [InlineData("/usr/bin/cat", "\"/usr/bin/cat\"")]
    [InlineData("-bash", "\"-bash\"")]
    [InlineData("a b", "612062")]
    [InlineData("a\"b", "612262")]
    [InlineData("\u007f", "7F")]
    [InlineData("é", "C3A9")]
    public void Encodes_as_the_kernel_does(string text, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] written = new byte[EncodedText.EncodedLength(bytes)];

        int length = EncodedText.Encode(bytes, written);

        Assert.Equal(expected, Encoding.UTF8.GetString(written.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("abx0")]
    [InlineData("\"")]
    [InlineData("(null)")]
    [InlineData("")]
    public void What_is_neither_quoted_nor_hex_stays(string raw)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(raw), decoded = new byte[16];

        Assert.False(EncodedText.TryDecode(bytes, decoded, out int length));
        Assert.Equal(raw, Encoding.UTF8.GetString(decoded.AsSpan(0, length)));
    }

    [Fact]
    public void Decoding_gives_back_what_was_encoded() => Seeded.Repeat(2000, random =>
    {
        byte[] text = new byte[random.Next(40)];
        random.NextBytes(text);
        byte[] raw = new byte[EncodedText.EncodedLength(text)], decoded = new byte[raw.Length];
        EncodedText.Encode(text, raw);

        bool isDecoded = EncodedText.TryDecode(raw, decoded, out int length);

        Assert.True(isDecoded);
        Assert.Equal(text, decoded.AsSpan(0, length).ToArray());
    });

    [Fact]
    public void Hex_is_read_as_digit_by_digit() => Seeded.Repeat(5000, random =>
    {
        string digits = new([.. Enumerable.Range(0, random.Next(120)).Select(_ => "0123456789abcdefABCDEF"[random.Next(22)])]);
        byte[] raw = Encoding.ASCII.GetBytes(digits);
        if (raw.Length > 0 && random.Next(2) == 0)
            raw[random.Next(raw.Length)] = (byte)random.Next(256);
        byte[] decoded = new byte[raw.Length];

        bool isDecoded = EncodedText.TryDecodeHex(raw, decoded, out int length);

        byte[]? expected = ReadDigitByDigit(raw);
        Assert.Equal(expected is not null, isDecoded);
        Assert.Equal(expected ?? [], decoded.AsSpan(0, length).ToArray());
    });

    static byte[]? ReadDigitByDigit(byte[] raw) =>
        raw.Length == 0 || raw.Length % 2 != 0 || raw.Any(digit => !char.IsAsciiHexDigit((char)digit))
            ? null
            : Convert.FromHexString(Encoding.ASCII.GetString(raw));
}
