using System.Text;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Interpretation;
using Akashi.Output;
using Akashi.Records;
using Akashi.Tables;
using Akashi.Testing;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Interpretation;

/// <summary>Many fields of one record, interpreted together.</summary>
public class RecordContextTests
{
    const int LineBytes = 60_000;
    const string Head = "type=SYSCALL msg=audit(1.000:1): ";

    // The passes that RecordContext's remarks name, save those for names: an upper bound for the records below.
    const int PassesMax = 5;

    static readonly TestHost s_host = new();

    /// <summary>Records that whoever may write user messages can plant: many fields that hang on the rest of the record.</summary>
    public static TheoryData<string> PlantedLines =>
    [
        Head + Repeat("a0=1 ", LineBytes),
        Head + Repeat("syscall=1 ", LineBytes),
        Head + Repeat("syscall=102 a0=1 ", LineBytes),
        "type=USER msg=audit(1.000:1): pid=1 uid=0 msg='" + Repeat("a0=1 ", LineBytes) + "'",
        "type=NETFILTER_PKT msg=audit(1.000:1): " + Repeat("hook=1 ", LineBytes),
        Head + Repeat("uid=1 ", LineBytes / 2) + "\u001D" + Repeat("AUID=\"x\" ", LineBytes / 2),
        Head + Repeat("arch=1 ", LineBytes / 2) + "\u001D" + Repeat("AUID=\"x\" ", LineBytes / 2) + "ARCH=x86_64",
        Head + Repeat("saddr=1 ", LineBytes / 2) + "\u001D" + Repeat("AUID=\"x\" ", LineBytes / 2),
        Head + Repeat("uid=1 ", LineBytes / 2) + "\u001DUID=\"" + new string('x', LineBytes / 2) + "\"",
        Head + Repeat("saddr=1 ", LineBytes / 2) + "\u001DSADDR={" + new string('x', LineBytes / 2) + "}",
    ];

    [Theory]
    [MemberData(nameof(PlantedLines))]
    public void A_record_is_walked_a_few_times_however_many_fields_it_has(string line)
    {
        Assert.True(Record.TryParse(Encoding.UTF8.GetBytes(line), out Record record, out _));
        var interpreter = new Interpreter(s_host);
        var text = new InterpretedText();
        var context = new RecordContext(record);
        int fields = 0;
        long bytes = 0;
        foreach (Field field in record.Fields)
        {
            interpreter.TryInterpret(ref context, field.Name, field.Value, text);
            fields++;
            bytes += text.Bytes.Length;
        }

        Assert.True(fields > 3000);
        Assert.InRange(context.Passes, 1, PassesMax);
        Assert.InRange(bytes, 1, 20 * LineBytes);
    }

    // Looked for anew by each field this takes a quarter of an hour.
    [Trait("Category", "Long")]
    [Theory]
    [MemberData(nameof(PlantedLines))]
    public void A_log_of_planted_records_is_printed(string line)
    {
        Assert.True(Record.TryParse(Encoding.UTF8.GetBytes(line), out Record record, out _));
        using var stream = new CountingStream();
        var output = new Utf8Output(stream);
        var format = new InterpretFormat(s_host);
        var assembler = new EventAssembler();
        for (int index = 0; index < 100; index++)
        {
            assembler.Add(record, default);
            assembler.Flush();
            while (assembler.TryTake(out AuditEvent? ready))
                format.Write(ready, output);
        }

        output.Flush();
        Assert.InRange(stream.Length, 100 * LineBytes / 4, 100L * 20 * LineBytes);
    }

    // The naive twin looks everything up anew for each field.
    [Theory]
    [InlineData("mixed.log")]
    [InlineData("server.log")]
    [InlineData("distros.log")]
    public void Together_says_what_each_field_says_alone(string log) => Seeded.Repeat(5, random =>
    {
        byte[] damaged = Mutations.Damage(TestLogs.Bytes(log), random);
        var interpreter = new Interpreter(s_host);
        InterpretedText alone = new(), together = new();
        foreach (Range range in damaged.AsSpan().Split((byte)'\n'))
        {
            if (!Record.TryParse(damaged.AsSpan()[range], out Record record, out _))
                continue;
            var context = new RecordContext(record);
            foreach (Field field in record.Fields)
            {
                Assert.Equal(
                    interpreter.TryInterpret(record, field.Name, field.Value, alone),
                    interpreter.TryInterpret(ref context, field.Name, field.Value, together));
                Assert.Equal(alone.Bytes.ToArray(), together.Bytes.ToArray());
            }
        }
    });

    [Theory]
    [InlineData("uid=1 uid=2 auid=3", "UID=\"a\" UID=\"b\" AUID=\"c\"", "a a c")]
    [InlineData("auid=0 uid=0 auid=0", "UID=\"b\" AUID=\"c\"", "c b c")]
    [InlineData("uid=0 uid=0", "UID=unknown-1 UID=\"b\"", "root root")]
    [InlineData("uid=0 gid=0", "UID= GID=\"g\"", " g")]
    [InlineData("id=0 saddr=02", "SADDR={ a b } ID=\"i\"", "i { a b }")]
    public void The_first_enriched_value_of_a_name_counts(string body, string enrichment, string expected)
    {
        Assert.True(Record.TryParse(Encoding.UTF8.GetBytes($"{Head}{body}\u001D{enrichment}"), out Record record, out _));
        var interpreter = new Interpreter(s_host);
        var text = new InterpretedText();
        var context = new RecordContext(record);
        var words = new List<string>();
        foreach (Field field in record.Fields)
        {
            Assert.True(interpreter.TryInterpret(ref context, field.Name, field.Value, text));
            words.Add(Encoding.UTF8.GetString(text.Bytes));
        }

        Assert.Equal(expected, string.Join(' ', words));
    }

    [Fact]
    public void Names_that_can_be_enriched_stand_first_in_their_table()
    {
        int found = 0;
        NameTable names = FieldTypes.Names;
        for (int index = 0; index < names.Count; index++)
        {
            if ((FieldType)names.NumberAt(index) is not (FieldType.Uid or FieldType.Gid or FieldType.Syscall or FieldType.Arch))
                continue;
            found++;
            Assert.InRange(index, 0, RecordContext.EnrichedNamesMax - 1);
        }

        Assert.Equal(25, found);
    }

    static string Repeat(string text, int bytes) => new StringBuilder().Insert(0, text, bytes / text.Length).ToString();

    sealed class CountingStream : MemoryStream
    {
        long _length;

        public override long Length => _length;

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;
    }
}
