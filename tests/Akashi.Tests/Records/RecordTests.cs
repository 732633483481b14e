using System.Text;
using Akashi.Records;
using Akashi.Tables;
using Akashi.Testing;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Records;

public class RecordTests
{
    [Fact]
    public void Reads_a_line_of_the_kernel()
    {
        Record record = Parse("type=PATH msg=audit(1626611363.720:348501): item=0 name=\"/etc/passwd\" nametype=NORMAL\u001dOUID=\"root\"");

        Assert.True(record.Node.IsEmpty);
        Assert.Equal("PATH", Text(record.TypeName));
        Assert.Equal(RecordType.Path, record.Type);
        Assert.Equal(new EventStamp(1626611363720, 348501), record.Stamp);
        Assert.Equal("item=0 name=\"/etc/passwd\" nametype=NORMAL", Text(record.Body));
        Assert.Equal("OUID=\"root\"", Text(record.Enrichment));
        Assert.True(record.TryFind("name"u8, out ReadOnlySpan<byte> name));
        Assert.Equal("\"/etc/passwd\"", Text(name));
        Assert.True(record.TryFindEnriched("OUID"u8, out ReadOnlySpan<byte> owner));
        Assert.Equal("\"root\"", Text(owner));
        Assert.False(record.TryFind("nam"u8, out _));
    }

    [Theory]
    [InlineData("node=work type=EOE msg=audit(1615114232.375:15558):", "work", "EOE", "")]
    [InlineData("type=EOE msg=audit(1615114232.375:15558): ", "", "EOE", "")]
    [InlineData("type=UNKNOWN[1420] msg=audit(1.000:1): a=b", "", "UNKNOWN[1420]", "a=b")]
    [InlineData("type=CWD msg=audit(1.000:1):  cwd=\"/\"", "", "CWD", " cwd=\"/\"")]
    public void Reads_the_parts_of_a_header(string line, string node, string type, string body)
    {
        Record record = Parse(line);

        Assert.Equal(node, Text(record.Node));
        Assert.Equal(type, Text(record.TypeName));
        Assert.Equal(body, Text(record.Body));
    }

    [Theory]
    [InlineData("", RecordFault.EmptyLine)]
    [InlineData("hello", RecordFault.MissingType)]
    [InlineData("node=x", RecordFault.MissingType)]
    [InlineData("node=x typ=PATH msg=audit(1.000:1): ", RecordFault.MissingType)]
    [InlineData("type=PATH", RecordFault.MissingStamp)]
    [InlineData("type= msg=audit(1.000:1): ", RecordFault.MissingStamp)]
    [InlineData("type=PATH audit(1.000:1): item=0", RecordFault.MissingStamp)]
    [InlineData("type=PATH msg=audit(1.000): item=0", RecordFault.MalformedStamp)]
    [InlineData("type=PATH msg=audit(1.000:1) item=0", RecordFault.MalformedStamp)]
    [InlineData("type=PATH msg=audit(1.000:", RecordFault.MalformedStamp)]
    public void Says_why_a_line_is_no_record(string line, RecordFault expected)
    {
        Assert.False(Record.TryParse(Encoding.UTF8.GetBytes(line), out _, out RecordFault fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_line_longer_than_a_record_can_be_is_a_fault()
    {
        byte[] line = new byte[Record.LineBytesMax];
        "type=PATH msg=audit(1.000:1): "u8.CopyTo(line);

        Assert.False(Record.TryParse(line, out _, out RecordFault fault));
        Assert.Equal(RecordFault.TooLong, fault);
        Assert.True(Record.TryParse(line.AsSpan(0, line.Length - 1), out _, out _));
    }

    [Fact]
    public void Every_line_of_real_logs_is_a_record()
    {
        foreach (string name in TestLogs.Names)
        {
            foreach (byte[] line in TestLogs.Lines(name))
                Assert.True(Record.TryParse(line, out _, out RecordFault fault), $"{name}: {fault}: {Encoding.Latin1.GetString(line)}");
        }
    }

    [Fact]
    public void Damaged_lines_never_crash_and_parts_never_overlap() => Seeded.Repeat(3000, random =>
    {
        byte[] log = TestLogs.Bytes("mixed.log");
        int start = random.Next(log.Length - 1);
        byte[] damaged = Mutations.Damage(log.AsSpan(start, Math.Min(random.Next(10, 1500), log.Length - start)), random);
        foreach (Range range in damaged.AsSpan().Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = damaged.AsSpan()[range];
            if (!Record.TryParse(line, out Record record, out _))
                continue;
            int kernelBytes = record.LineWithoutEnrichment.Length;
            Assert.Equal(line.Length - kernelBytes, kernelBytes == line.Length ? 0 : 1 + record.Enrichment.Length);
            int bytes = 0;
            foreach (Field field in record.Fields)
                bytes += field.Name.Length + 1 + field.Value.Length;
            Assert.InRange(bytes, 0, record.Body.Length);
        }
    });

    static Record Parse(string line)
    {
        Assert.True(Record.TryParse(Encoding.UTF8.GetBytes(line), out Record record, out RecordFault fault), fault.ToString());
        return record;
    }

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
