namespace Akashi.Audit.Tests;

public class FieldEncodingTests
{
    // audit_encode_nv_string(3)'s own answers.
    [Theory]
    [InlineData("abc", "field=\"abc\"")]
    [InlineData("a b", "field=612062")]
    [InlineData(null, "field=\"?\"")]
    [InlineData("", "field=\"\"")]
    [InlineData("é", "field=C3A9")]
    [InlineData("v\0z", "field=76007A")]
    public void A_field_is_quoted_or_in_digits(string? value, string expected) => Assert.Equal(expected, FieldEncoding.EncodeField("field", value));

    [Theory]
    [InlineData("a b")]
    [InlineData("a=b")]
    [InlineData("a\n")]
    public void A_name_that_is_none_is_an_argument_error(string name) => Assert.Throws<ArgumentException>(() => FieldEncoding.EncodeField(name, "v"));

    [Theory]
    [InlineData("abc", false)]
    [InlineData("a b", true)]
    [InlineData("a\"b", true)]
    [InlineData("\u007f", true)]
    public void Blanks_quotes_and_controls_take_digits(string value, bool expected) => Assert.Equal(expected, FieldEncoding.NeedsHex(value));
}
