using System.Text;
using Akashi.Records;
using Akashi.Testing;
using Record = Akashi.Records.Record;

namespace Akashi.Tests.Records;

public class FieldScanTests
{
    static readonly string[] s_pieces =
    [
        "a", "b=", "c=1", " ", "  ", "=", "\"", "\"a b\"", "'", "x\"y=1", "='", "p=\"q'", "e='f", "msg='", "msg=", "(none)", "x)", "(x),", "::", ",", "key=(null)", "name=\"/tmp/a b\"", new string('v', 31), new string('n', 33),
        new string('z', 70), "uid=0 ", "op=a=b", "acct=\"root\" res=success'",
    ];

    [Fact]
    public void Takes_what_a_walk_byte_by_byte_finds() => Seeded.Repeat(20_000, random =>
    {
        var text = new StringBuilder();
        for (int count = random.Next(24); count > 0; count--)
            text.Append(s_pieces[random.Next(s_pieces.Length)]).Append(random.Next(3) == 0 ? "" : " ");
        byte[] body = Encoding.ASCII.GetBytes(text.ToString());
        if (body.Length > 0 && random.Next(4) == 0)
            body[random.Next(body.Length)] = (byte)random.Next(256);

        Assert.Equal(Plain(body), Taken(body));
    });

    [Fact]
    public void Takes_the_fields_of_real_records()
    {
        int fields = 0;
        foreach (byte[] line in TestLogs.Lines("kernel.log"))
        {
            Assert.True(Record.TryParse(line, out Record record, out _));
            List<string> expected = Plain(record.Body);
            Assert.Equal(expected, Taken(record.Body));
            Assert.Equal(Plain(record.Enrichment), Taken(record.Enrichment));
            fields += expected.Count;
        }

        Assert.True(fields > 1000, $"{fields} fields only");
    }

    static List<string> Plain(ReadOnlySpan<byte> rest)
    {
        var pairs = new List<string>();
        bool isNested = false;
        while (FieldScan.TryTakePlainly(ref rest, ref isNested, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
            pairs.Add(Told(name, value, isNested));
        return pairs;
    }

    static List<string> Taken(ReadOnlySpan<byte> body)
    {
        var pairs = new List<string>();
        int at = 0, window = 0;
        ulong stops = 0;
        bool isNested = false;
        while (FieldScan.TryTake(ref body, ref at, ref window, ref stops, ref isNested, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
            pairs.Add(Told(name, value, isNested));
        Assert.True(body.IsEmpty);
        return pairs;
    }

    static string Told(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isNested) =>
        $"{(isNested ? "'" : "")}{Encoding.Latin1.GetString(name)}={Encoding.Latin1.GetString(value)}";
}
