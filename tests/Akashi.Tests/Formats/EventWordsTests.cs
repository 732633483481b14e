using System.Text;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Interpretation;
using Akashi.Records;
using Akashi.Tables;
using Akashi.Testing;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Formats;

public class EventWordsTests
{
    static readonly TestHost s_host = new();

    // The naive twin looks everything up anew for each field.
    [Theory]
    [InlineData("mixed.log")]
    [InlineData("server.log")]
    [InlineData("distros.log")]
    public void Words_are_those_of_a_field_by_itself(string log) => Seeded.Repeat(5, random =>
    {
        byte[] damaged = Mutations.Damage(TestLogs.Bytes(log), random);
        var interpreter = new Interpreter(s_host);
        var words = new EventWords(interpreter);
        foreach (Range range in damaged.AsSpan().Split((byte)'\n'))
        {
            if (Record.TryParse(damaged.AsSpan()[range], out Record record, out _))
                AssertSame(record, interpreter, words);
        }
    });

    [Theory]
    [InlineData("type=NETFILTER_PKT msg=audit(1.000:1): family=3 hook=1 hook=0")]
    [InlineData("type=NETFILTER_PKT msg=audit(1.000:1): family=2 hook=1 hook=0")]
    [InlineData("type=SOCKADDR msg=audit(1.000:1): saddr=02000016 saddr=0200\u001DSADDR={ a b }")]
    [InlineData("type=SOCKADDR msg=audit(1.000:1): saddr=02000016 saddr=0200\u001DUID=\"a\"")]
    [InlineData("type=URINGOP msg=audit(1.000:1): uring_op=18 syscall=59 a0=1 arch=c000003e uid=0\u001DURING_OP=openat UID=unknown-0")]
    public void What_the_rest_of_the_record_says_counts(string line)
    {
        Assert.True(Record.TryParse(Encoding.UTF8.GetBytes(line), out Record record, out _));
        var interpreter = new Interpreter(s_host);

        AssertSame(record, interpreter, new EventWords(interpreter));
    }

    // The pool gives the same object again, which is another event by then.
    [Fact]
    public void Nothing_is_kept_of_an_event_that_was_cleared()
    {
        var interpreter = new Interpreter(s_host);
        var words = new EventWords(interpreter);
        var assembler = new EventAssembler();
        var said = new List<string>();
        AuditEvent? last = null;
        foreach (string name in new[] { "ann", "bob" })
        {
            Assert.True(Record.TryParse(Encoding.UTF8.GetBytes($"type=CWD msg=audit(1.000:1): uid=7\u001DUID=\"{name}\""), out Record record, out _));
            AuditEvent auditEvent = Take(assembler, record);
            Assert.Same(last ?? auditEvent, auditEvent);
            last = auditEvent;
            words.Clear();
            said.Add(Encoding.UTF8.GetString(words.Of(auditEvent, 0, "uid"u8, "7"u8)));
            Assert.False(assembler.TryTake(out _));
        }

        Assert.Equal(["ann", "bob"], said);
    }

    static void AssertSame(in Record record, Interpreter interpreter, EventWords words)
    {
        var text = new InterpretedText();
        words.Clear();
        if (record.Type == RecordType.Eoe)
            return;
        AuditEvent auditEvent = Take(new EventAssembler(), record);
        foreach (Field field in record.Fields)
        {
            ReadOnlySpan<byte> expected = interpreter.TryInterpret(record, field.Name, field.Value, text) ? text.Bytes : field.Value;
            Assert.Equal(expected.ToArray(), words.Of(auditEvent, 0, field.Name, field.Value).ToArray());
        }
    }

    static AuditEvent Take(EventAssembler assembler, in Record record)
    {
        assembler.Add(record, default);
        assembler.Flush();
        Assert.True(assembler.TryTake(out AuditEvent? ready));
        return ready;
    }
}
