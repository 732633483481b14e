using System.Text;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Interpretation;
using Akashi.Output;
using Akashi.Records;
using Akashi.Testing;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Formats;

public class InterpretFormatTests
{
    static readonly TestHost s_host = new("root:x:0:0::/root:/bin/sh\nbob:x:1000:1000::/home/bob:/bin/sh\n");
    static readonly string[] s_pieces =
    [
        "auid=1000", "uid=0,", "key=\"a\"", "key=61016201", "data=6C73", "data=x", "msg='op=x", "'", "res=1'", "exit=-13", "a0=3", "a1=x", "syscall=2",
        "arch=c000003e", "name=\"/a b\"", "name=\"open", "comm=6120", "x", "=", "==", "\t", "\u0001", "avc:  denied  { read } for ", "(uid=0)", "()",
        "saddr=0100", "proctitle=6C73002D6C", "tty=(none)", "success=yes", "é", "\"", ",", ":", "  ", "list=4", "op=\"add\"key=(null)",
    ];

    [Fact]
    public void Writes_what_the_plain_loop_writes() => Seeded.Repeat(5000, random =>
    {
        var body = new StringBuilder();
        for (int count = random.Next(12); count > 0; count--)
            body.Append(s_pieces[random.Next(s_pieces.Length)]).Append(random.Next(4) == 0 ? "" : " ");
        string enrichment = random.Next(2) == 0 ? "" : "\u001DAUID=\"alice\" UID=\"unknown-0\" SYSCALL=open AUID=\"later\"";
        string type = new[] { "SYSCALL", "USER_AUTH", "EXECVE", "AVC", "TTY", "NOSUCH" }[random.Next(6)];
        byte[] line = Encoding.UTF8.GetBytes($"type={type} msg=audit(1626611363.720:34): {body}{enrichment}");
        EscapeMode mode = (EscapeMode)random.Next(4);

        Assert.Equal(Write(line, mode, WritePlainly), Write(line, mode, static (auditEvent, output) => new InterpretFormat(s_host).Write(auditEvent, output)));
    });

    // What the original's -i shows of such a line, and what our daemon alone writes behind it.
    [Fact]
    public void Where_a_process_comes_from_stands_behind_the_fields_of_its_record()
    {
        const string Body = "msg=audit(1626611363.720:34): syscall=59 uid=0 comm=\"ls\"\u001DUID=\"root\"";
        const string Origins = " PARENT_COMM=612062 UNIT=\"session-3.scope\" CONTAINER=\"docker:4e1f\" LATE=unit";
        string plain = Write(Encoding.UTF8.GetBytes($"type=SYSCALL {Body}"), EscapeMode.Raw, Interpret);

        Assert.Equal(
            plain[..^1] + "parent_comm=a b unit=session-3.scope container=docker:4e1f late=unit \n",
            Write(Encoding.UTF8.GetBytes($"type=SYSCALL {Body}{Origins}"), EscapeMode.Raw, Interpret));
        Assert.Equal(plain, Write(Encoding.UTF8.GetBytes($"type=SYSCALL {Body} UNIT=\"x\" GID=\"root\""), EscapeMode.Raw, Interpret));
    }

    static void Interpret(AuditEvent auditEvent, Utf8Output output) => new InterpretFormat(s_host).Write(auditEvent, output);

    static string Write(byte[] line, EscapeMode mode, Action<AuditEvent, Utf8Output> write)
    {
        Assert.True(Record.TryParse(line, out Record record, out _));
        var assembler = new EventAssembler();
        assembler.Add(record, default);
        assembler.Flush();
        Assert.True(assembler.TryTake(out AuditEvent? auditEvent));
        using var stream = new MemoryStream();
        using (var output = new Utf8Output(stream, escape: mode))
            write(auditEvent, output);
        return Encoding.Latin1.GetString(stream.ToArray());
    }

    // Pair by pair, each part written by itself.
    static void WritePlainly(AuditEvent auditEvent, Utf8Output output)
    {
        Record record = auditEvent[0];
        output.Write("----\ntype="u8);
        output.WriteControlEscaped(record.TypeName);
        output.Write(" msg=audit(07/18/21 12:29:23.720:34) "u8);
        ReadOnlySpan<byte> rest = record.LineWithoutEnrichment;
        rest = rest[(rest.IndexOf("):"u8) + 1)..];
        bool hasPair = false;
        var text = new InterpretedText();
        var interpreter = new Interpreter(s_host);
        while (true)
        {
            int equals = rest.IndexOf((byte)'=');
            if (equals < 0)
                break;
            output.WriteControlEscaped(rest[..(equals + 1)]);
            ReadOnlySpan<byte> name = rest[..equals];
            name = name[(name.LastIndexOf((byte)' ') + 1)..].TrimStart("("u8);
            rest = rest[(equals + 1)..];
            if (rest.StartsWith("'"u8))
            {
                output.Write((byte)'\'');
                rest = rest[1..];
                continue;
            }

            int close = rest.StartsWith("\""u8) ? rest[1..].IndexOf((byte)'"') : -1;
            int end = close >= 0 ? close + 2 : rest.IndexOf((byte)' ');
            ReadOnlySpan<byte> value = end < 0 ? rest : rest[..end];
            rest = rest[value.Length..];
            bool isTyped = interpreter.TryInterpret(record, name, value.TrimEnd((byte)','), text);
            if (!isTyped)
                output.WriteControlEscaped(value);
            else if (name.SequenceEqual("key"u8))
                WriteKeys(text.Bytes, output);
            else
                output.WriteEscaped(text.Bytes);
            if (!name.SequenceEqual("data"u8))
                output.Write((byte)' ');
            if ((!isTyped || !value.EndsWith(","u8)) && rest.StartsWith(" "u8))
                rest = rest[1..];
            hasPair = true;
        }

        if (hasPair)
            output.WriteControlEscaped(rest.TrimEnd((byte)' '));
        else
            output.WriteEscaped(rest);
        output.Write(hasPair ? "\n"u8 : "\n\n"u8);
    }

    static void WriteKeys(ReadOnlySpan<byte> keys, Utf8Output output)
    {
        string[] all = Encoding.Latin1.GetString(keys).Split('\u0001');
        for (int index = 0; index < all.Length; index++)
        {
            if (index > 0)
                output.Write(" key="u8);
            output.WriteEscaped(Encoding.Latin1.GetBytes(all[index]));
        }
    }
}
