using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Akashi.Logging;
using Microsoft.Extensions.Logging;

namespace Akashi.Audit.Tests.LogEntries;

public class EntryTextTests(ITestOutputHelper output)
{
    const string Value = "(\"[!#-&(-~]*\"|([0-9A-F]{2})+)";

    const string Letters = "ab=' \"\n\0\u001d\r\t\u007fäé€\ud83d\ude00\ud83d-_.,{}\\0F";

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("!~", "\"!~\"")]
    [InlineData("a b", "612062")]
    [InlineData("a\nb", "610A62")]
    [InlineData("a\0b", "610062")]
    [InlineData("a\u001db", "611D62")]
    [InlineData("a\u007fb", "617F62")]
    [InlineData("a\"b", "612262")]
    [InlineData("a'b", "612762")]
    [InlineData("ä", "C3A4")]
    public void A_value_stands_quoted_or_in_digits(string value, string expected)
    {
        EntryText text = new(1000);

        text.AddMessage(value, null);

        Assert.Equal($" data={expected}", text.Finish());
    }

    [Fact]
    public void Half_a_character_is_the_sign_for_none()
    {
        EntryText text = new(1000);

        text.AddMessage("\ud83d", null);

        Assert.Equal(" data=EFBFBD", text.Finish());
    }

    [Theory]
    [InlineData("User", "app-User")]
    [InlineData("a b='x'\n", "app-a_b__x__")]
    [InlineData("", "app-_")]
    [InlineData("@État", "app-__tat")]
    [InlineData("res", "app-res")]
    public void A_name_is_letters_digits_hyphens_and_underscores(string name, string expected)
    {
        EntryText text = new(1000);

        Assert.True(text.AddValues(new Dictionary<string, object?> { [name] = null, ["{OriginalFormat}"] = "x" }));

        Assert.Equal($" {expected}=\"?\"", text.Finish());
    }

    [Fact]
    public void A_long_name_is_cut()
    {
        EntryText text = new(1000);

        text.AddValues(new Dictionary<string, object?> { [new string('n', 100)] = 1 });

        Assert.Equal($" app-{new string('n', 64)}=\"1\"", text.Finish());
    }

    [Fact]
    public void A_long_message_is_cut_between_characters_and_leaves_room_for_values()
    {
        EntryText text = new(800);

        text.AddMessage(new string('ä', 1000), null);
        text.AddValues(new Dictionary<string, object?> { ["User"] = "bob", ["Long"] = new string('x', 200) });

        // Half of 800 in digits are 200 bytes, 100 letters; an eighth without quotes 98.
        string expected = $" data={string.Concat(Enumerable.Repeat("C3A4", 100))} app-User=\"bob\" app-Long=\"{new string('x', 98)}\" cut={1800 + 102}";
        Assert.Equal(expected, text.Finish());
    }

    [Fact]
    public void What_has_no_room_at_all_is_counted()
    {
        EntryText text = new(128);

        text.AddMessage("x", null);
        for (int count = 0; count < 100; count++)
            text.AddScope("abc");

        // 128 less 24 for cut= and 9 for data: 7 scopes of 12 bytes, and one of two letters.
        Assert.Equal($" data=\"x\"{string.Concat(Enumerable.Repeat(" scope=\"abc\"", 7))} scope=\"ab\" cut={(92 * 3) + 1}", text.Finish());
    }

    // Whatever the texts, the record divides into the fields that were written, and each value is what it was, or its start.
    [Fact]
    public void No_text_forges_a_field_or_a_record()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 5000; round++)
        {
            int bytesMax = random.Next(128, 2000);
            string category = Any(random), name = Any(random), message = Any(random), fault = Any(random), scope = Any(random);
            KeyValuePair<string, object?>[] values = [.. Enumerable.Range(0, random.Next(5)).Select(_ => KeyValuePair.Create(Any(random), (object?)Any(random)))];
            var text = new EntryText(bytesMax);

            text.AddHead(LogLevel.Warning, category, new EventId(5, name));
            text.AddMessage(message, new IOException(fault));
            text.AddValues(values);
            text.AddScope(scope);
            string finished = text.Finish();

            Assert.InRange(finished.Length, 1, bytesMax);
            Assert.Matches(
                $"^op=log level=warning category={Value} event=5( event-name={Value})?( data={Value})?( exception={Value})?( error={Value})?"
                + $"( app-[A-Za-z0-9_-]+={Value})*( scope={Value})?( cut=[0-9]+)?$", finished);
            List<string> expected = [category, .. name.Length > 0 ? (string[])[name] : [], message, "System.IO.IOException", fault, .. values.Select(value => (string)value.Value!), scope];
            Check(finished, expected);
        }
    }

    static void Check(string finished, List<string> expected)
    {
        (string Name, string Value)[] fields = [.. finished.Split(' ').Select(field => (field.Split('=')[0], field[(field.IndexOf('=') + 1)..]))];
        Assert.Equal(["op", "level"], fields[..2].Select(field => field.Name));
        string[] stated = [.. fields.Where(field => field.Name is not ("op" or "level" or "event" or "cut")).Select(field => Decode(field.Value))];
        Assert.InRange(stated.Length, 1, expected.Count);

        // Each value is the start of one that was given, in their order; what is missing is as long as cut says.
        int next = 0;
        long standing = 0;
        foreach (string value in stated)
        {
            while (!Sound(expected[next]).StartsWith(value, StringComparison.Ordinal))
                next++;
            next++;
            standing += Encoding.UTF8.GetByteCount(value);
        }

        long cut = expected.Sum(value => Encoding.UTF8.GetByteCount(value)) - standing;
        Assert.Equal(cut, fields[^1].Name == "cut" ? long.Parse(fields[^1].Value, CultureInfo.InvariantCulture) : 0);
    }

    static string Decode(string value) => value[0] == '"' ? value[1..^1] : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromHexString(value));

    static string Sound(string value) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));

    static string Any(Random random) => string.Concat(Enumerable.Range(0, random.Next(8) == 0 ? random.Next(1000) : random.Next(20)).Select(_ => Letters[random.Next(Letters.Length)]));
}
