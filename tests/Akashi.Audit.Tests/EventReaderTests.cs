using System.Text;
using Akashi.Testing;

namespace Akashi.Audit.Tests;

public class EventReaderTests
{
    const string Lines = """
        type=SYSCALL msg=audit(1626611363.720:348501): arch=c000003e syscall=59 success=yes exit=0 a0=55d a1=1c a2=0 a3=8 items=2 ppid=1 pid=2 auid=4294967295 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=3 comm="ls" exe="/usr/bin/ls" key="k"
        type=EXECVE msg=audit(1626611363.720:348501): argc=2 a0="ls" a1=2F6120622F
        type=CWD msg=audit(1626611363.720:348501): cwd="/root"
        type=PROCTITLE msg=audit(1626611363.720:348501): proctitle=6C73002F
        not a record
        node=web1 type=USER_LOGIN msg=audit(1626611364.001:348502): pid=7 uid=0 auid=1000 ses=4 msg='op=login acct="root" exe="/usr/sbin/sshd" hostname=h addr=10.0.0.1 terminal=ssh res=success'

        """;

    [Fact]
    public void Events_have_their_time_serial_node_and_records()
    {
        using EventReader reader = Read(Lines);

        Assert.True(reader.MoveNext());
        Assert.Equal(new DateTimeOffset(2021, 7, 18, 12, 29, 23, 720, TimeSpan.Zero), reader.Current.Time);
        Assert.Equal((348501ul, "", 4, true), (reader.Current.Serial, reader.Current.Node, reader.Current.Count, reader.Current.IsComplete));
        Assert.Equal("SYSCALL EXECVE CWD PROCTITLE", TypesOf(reader.Current));
        Assert.Equal(1309, reader.Current[1].Type);
        Assert.True(reader.MoveNext());
        Assert.Equal(("web1", "USER_LOGIN"), (reader.Current.Node, TypesOf(reader.Current)));
        Assert.False(reader.MoveNext());
        Assert.Throws<InvalidOperationException>(() => reader.Current);
        Assert.Equal((6, 1), (reader.Lines, reader.BadLines));
    }

    [Fact]
    public void A_directory_is_a_trail_and_no_log()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["audit.log.1"], "type=CWD msg=audit(1626611363.720:1): cwd=\"/\"\n");
        File.WriteAllText(folder["audit.log"], "type=CWD msg=audit(1626611363.720:2): cwd=\"/\"\n");

        using (EventReader reader = EventReader.OpenTrail(folder.Path))
        {
            Assert.True(reader.MoveNext() && reader.Current.Serial == 1);
            Assert.True(reader.MoveNext() && reader.Current.Serial == 2);
            Assert.False(reader.MoveNext());
        }

        using (EventFollower follower = EventFollower.FollowTrail(folder.Path))
            Assert.True(follower.TryNext(TimeSpan.FromSeconds(10), out AuditEvent? first) && first.Serial > 0);
        var fault = Assert.Throws<AuditReadException>(() => EventReader.OpenFile(folder.Path));
        Assert.Equal((folder.Path, 21), (fault.Path, fault.Errno));
        Assert.Contains("it is a directory", fault.Message);
        Assert.Throws<AuditReadException>(() => EventReader.OpenTrail(folder["none"]));
    }

    [Fact]
    public void Fields_have_a_type_a_raw_value_and_words()
    {
        using EventReader reader = Read(Lines);
        reader.MoveNext();

        Assert.Equal((AuditFieldType.Syscall, "59", "execve"), Of(reader.Current, "syscall"));
        Assert.Equal((AuditFieldType.Uid, "4294967295", "unset"), Of(reader.Current, "auid"));
        Assert.Equal((AuditFieldType.Uid, "0", "root"), Of(reader.Current, "uid"));
        Assert.Equal((AuditFieldType.Escaped, "\"ls\"", "ls"), Of(reader.Current, "comm"));
        Assert.Equal((AuditFieldType.Session, "3", "3"), Of(reader.Current, "ses"));
        Assert.True(reader.Current[1].TryFind("a1"u8, out AuditField argument));
        Assert.Equal("/a b/", argument.Decode());
        Assert.True(reader.Current.TryFind("pid"u8, out AuditField pid) && pid.TryGetNumber(out long number) && number == 2);
        Assert.True(reader.Current.TryFind("arch"u8, out AuditField arch) && arch.TryGetHex(out ulong elf) && elf == 0xC000003E);
        Assert.False(argument.TryGetNumber(out _));
        Assert.False(reader.Current.TryFind("nope"u8, out _));
    }

    [Fact]
    public void What_a_program_said_is_told_apart_from_what_the_kernel_says()
    {
        using EventReader reader = Read(Lines);
        reader.MoveNext();
        reader.MoveNext();

        var kernel = new List<string>();
        var program = new List<string>();
        foreach (AuditField field in reader.Current[0].Fields)
            (field.IsNested ? program : kernel).Add(field.Name);

        Assert.Equal(["pid", "uid", "auid", "ses"], kernel);
        Assert.Equal(["op", "acct", "exe", "hostname", "addr", "terminal", "res"], program);
    }

    [Fact]
    public void An_event_is_normalised()
    {
        using EventReader reader = Read(Lines);
        reader.MoveNext();

        Assert.True(reader.Current.TryNormalize(out NormalizedEvent? normalized));
        Assert.Equal(("audit-rule", "executed", "system", "root", "/usr/bin/ls", true, "k"), (
            normalized.Kind, normalized.Action, normalized.SubjectPrimary, normalized.SubjectSecondary, normalized.How, normalized.IsSuccess, normalized.Key));
    }

    [Fact]
    public void A_detached_event_outlives_the_reader()
    {
        AuditEvent kept;
        using (EventReader reader = Read(Lines))
        {
            reader.MoveNext();
            kept = reader.Current.Detach();
            reader.MoveNext();
        }

        Assert.Equal(348501ul, kept.Serial);
        Assert.Equal("execve", Of(kept, "syscall").Words);
        Assert.StartsWith("type=SYSCALL msg=audit(1626611363.720:348501): arch=", kept.ToString());
    }

    [Theory]
    [InlineData("syscall i= execve", "348501")]
    [InlineData("acct i= root && res r= success", "348502")]
    [InlineData("\\record_type == CWD || ses r= 4", "348501 348502")]
    [InlineData("! (uid r= 0)", "348501")]
    public void Expressions_choose_events(string expression, string expected) => Assert.Equal(expected, Serials(AuditSearch.FromExpression(expression)));

    [Theory]
    [InlineData("exe=/usr/bin/ls", "348501")]
    [InlineData("type=USER_LOGIN or key=k", "348501 348502")]
    [InlineData("key=nope", "")]
    public void Queries_choose_events(string query, string expected) => Assert.Equal(expected, Serials(AuditSearch.FromQuery(query)));

    [Fact]
    public void A_search_that_cannot_be_says_where_it_is_wrong()
    {
        AuditSearchException fault = Assert.Throws<AuditSearchException>(() => AuditSearch.FromExpression("uid r= 0 && ("));
        Assert.Throws<AuditSearchException>(() => AuditSearch.FromQuery("key="));

        Assert.True(fault.Column > 10, fault.Message);
    }

    [Fact]
    public void A_trail_is_read_with_its_rotated_and_packed_logs()
    {
        using var folder = new TemporaryFolder();
        string[] events = [.. Enumerable.Range(1, 4).Select(serial => $"type=TEST msg=audit(160000000{serial}.000:{serial}): x=1\n")];
        File.WriteAllText(folder["audit.log"], events[3]);
        File.WriteAllText(folder["audit.log.1"], events[2]);
        using (var packed = new System.IO.Compression.GZipStream(File.Create(folder["audit.log.2.gz"]), System.IO.Compression.CompressionMode.Compress))
            packed.Write(Encoding.ASCII.GetBytes(events[1]));
        File.WriteAllText(folder["audit.log.4"], events[0]);

        using EventReader reader = EventReader.OpenTrail(folder["audit.log"]);

        Assert.Equal("1 2 3 4", Serials(reader));
    }

    [Fact]
    public void A_trail_that_cannot_be_read_says_why()
    {
        AuditReadException fault = Assert.Throws<AuditReadException>(() => EventReader.OpenTrail("/nonexistent/audit.log"));

        Assert.Equal(("/nonexistent/audit.log", 2), (fault.Path, fault.Errno));
        Assert.Equal("cannot open /nonexistent/audit.log: No such file or directory", fault.Message);
    }

    // A naive twin: every line for itself, by stamp and node, in the order of the first.
    [Theory]
    [InlineData("server.log")]
    [InlineData("distros.log")]
    [InlineData("kernel.log")]
    [InlineData("articles.log")]
    public void Every_record_of_real_logs_comes_once_with_all_its_fields(string name)
    {
        var expected = new Dictionary<string, int>();
        foreach (byte[] line in TestLogs.Lines(name))
        {
            if (Records.Record.TryParse(line, out _, out _))
            {
                string text = Encoding.Latin1.GetString(line);
                expected[text] = expected.GetValueOrDefault(text) + 1;
            }
        }

        using EventReader reader = EventReader.FromStream(new MemoryStream(TestLogs.Bytes(name)));
        while (reader.MoveNext())
        {
            foreach (AuditRecord record in reader.Current)
            {
                string line = Encoding.Latin1.GetString(record.LineUtf8);
                Assert.Equal(expected.GetValueOrDefault(line) - 1, expected[line] = expected.GetValueOrDefault(line) - 1);
                Records.Record.TryParse(record.LineUtf8, out Records.Record parsed, out _);
                var fields = new List<string>();
                foreach (Records.Field field in parsed.Fields)
                    fields.Add($"{Encoding.UTF8.GetString(field.Name)}={Encoding.UTF8.GetString(field.Value)} {field.IsNested}");
                int index = 0;
                foreach (AuditField field in record.Fields)
                    Assert.Equal(fields[index++], $"{field.ToString()} {field.IsNested}");
                Assert.Equal(fields.Count, index);
            }
        }

        // Of what wasn't met, only EOE records by themselves: they end an event and are none.
        Assert.All(expected.Where(line => line.Value != 0), line => Assert.Contains("type=EOE ", line.Key));
    }

    // What is kept of a record for its next field gives the words that each field has by itself, whatever order they are asked for in.
    [Theory]
    [InlineData("server.log")]
    [InlineData("distros.log")]
    [InlineData("articles.log")]
    public void Words_are_those_of_a_field_by_itself(string name)
    {
        var interpreter = new Interpretation.Interpreter(new Linux.LinuxHost());
        var text = new Interpretation.InterpretedText();
        long count = 0;
        using EventReader reader = EventReader.FromStream(new MemoryStream(TestLogs.Bytes(name)));
        while (reader.MoveNext())
        {
            for (int index = reader.Current.Count - 1; index >= 0; index--)
            {
                foreach (AuditField field in reader.Current[index].Fields)
                {
                    Records.Record.TryParse(reader.Current[index].LineUtf8, out Records.Record record, out _);
                    ReadOnlySpan<byte> expected = interpreter.TryInterpret(record, field.NameUtf8, field.RawUtf8, text) ? text.Bytes : field.RawUtf8;
                    if (!expected.SequenceEqual(field.InterpretUtf8()))
                        Assert.Fail($"{field.ToString()}: '{field.Interpret()}' instead of '{Encoding.UTF8.GetString(expected)}' in {record.Line.Length} bytes of {name}");
                    count++;
                }
            }
        }

        Assert.True(count > 400, $"{count} fields");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reading_allocates_nothing(bool inWords)
    {
        var log = new StringBuilder();
        for (int serial = 0; serial < 55_000; serial++)
        {
            string stamp = $"msg=audit({1600000000 + serial / 100}.000:{serial})";
            log.Append($"type=SYSCALL {stamp}: arch=c000003e syscall=59 success=no exit=-2 a0=1 a1=2 auid=1000 uid=0 gid=7 comm=\"ls\" key=\"k\"\u001DAUID=\"bob\" UID=\"root\"\ntype=PROCTITLE {stamp}: proctitle=6C73\n");
        }
        using EventReader reader = EventReader.FromStream(new MemoryStream(Encoding.ASCII.GetBytes(log.ToString())));
        long length = 0, records = 0, passes = 0;
        void Pass()
        {
            passes++;
            for (int count = 0; count < 5_000 && reader.MoveNext(); count++)
            {
                length += Walk(reader.Current, inWords);
                records += reader.Current.Count;
            }
        }
        Pass();

        Allocation.IsZero(Pass);

        Assert.Equal(passes * 10_000, records);
        Assert.True(length > records);
    }

    static long Walk(AuditEvent auditEvent, bool inWords)
    {
        long length = 0;
        foreach (AuditRecord record in auditEvent)
        {
            foreach (AuditField field in record.Fields)
                length += inWords ? field.InterpretUtf8().Length : field.RawUtf8.Length;
        }

        return length;
    }

    static EventReader Read(string lines, AuditSearch? search = null) => EventReader.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(lines)), search);

    static string TypesOf(AuditEvent auditEvent)
    {
        var types = new List<string>();
        foreach (AuditRecord record in auditEvent)
            types.Add(record.TypeName);
        return string.Join(' ', types);
    }

    static (AuditFieldType Type, string Raw, string Words) Of(AuditEvent auditEvent, string name)
    {
        Assert.True(auditEvent.TryFind(Encoding.UTF8.GetBytes(name), out AuditField field));
        return (field.Type, field.Raw, field.Interpret());
    }

    static string Serials(AuditSearch search)
    {
        using EventReader reader = Read(Lines, search);
        return Serials(reader);
    }

    static string Serials(EventReader reader)
    {
        var serials = new List<ulong>();
        while (reader.MoveNext())
            serials.Add(reader.Current.Serial);
        return string.Join(' ', serials);
    }
}
