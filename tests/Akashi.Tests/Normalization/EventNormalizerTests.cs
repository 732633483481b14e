using System.IO.Compression;
using System.Text;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Output;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Normalization;

public class EventNormalizerTests
{
    const string Execve =
        """type=SYSCALL msg=audit(9.000:1): arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=2 ppid=1 pid=2 auid=1000 uid=0 gid=0 ses=3 comm="pip" exe="/usr/bin/python3.9" key="soft" """;

    const CsvColumns AllColumns = CsvColumns.Time | CsvColumns.Labels | CsvColumns.SecondObject | CsvColumns.Keys;
    const int SerialColumn = 11;

    // root and the accounts of the recording that the rows name.
    static readonly TestHost s_host = new(
        "root:x:0:0::/root:/bin/sh\ngames:x:5:60::/usr/games:/bin/sh\noperator1:x:1000:1000::/home:/bin/sh\n",
        "root:x:0:\noperator1:x:1000:\ngames:x:60:\n");

    readonly EventNormalizer _normalizer = new(new Interpreter(s_host), s_host.Accounts);

    [Fact]
    public void Every_event_is_normalised_as_the_original_recorded_it()
    {
        var differences = new List<string>();
        int count = 0;
        foreach (string row in RecordedRows())
        {
            string[] columns = row.Split('\t');
            AuditEvent auditEvent = Assembled.One(columns[1..]);
            string[] printed = Csv(auditEvent).Split('\n')[1].Split(',');
            string line = string.Join(',', [printed[1], .. printed[(SerialColumn + 1)..]]);
            count++;
            if (line != columns[0])
                differences.Add($"{columns[1]}\n  expected {columns[0]}\n  printed  {line}");
        }

        Assert.True(count > 1500, $"{count} rows");
        Assert.True(differences.Count == 0, $"{differences.Count} of {count} differ:\n" + string.Join('\n', differences.Take(10)));
    }

    [Fact]
    public void An_interpreter_is_named_by_its_command()
    {
        NormalizedEvent normalized = Normalize(Assembled.One(
            Execve,
            """type=CWD msg=audit(9.000:1): cwd="/root" """,
            """type=PATH msg=audit(9.000:1): item=0 name="/usr/bin/pip" inode=7 mode=0100755 nametype=NORMAL""",
            """type=PATH msg=audit(9.000:1): item=1 name="/usr/bin/python3.9" inode=8 mode=0100755 nametype=NORMAL""",
            """type=PROCTITLE msg=audit(9.000:1): proctitle="pip" """));

        Assert.Equal(EventKind.AuditRule, normalized.Kind);
        Assert.Equal("executed", Text(normalized.Action));
        Assert.Equal("\"pip\"", Text(normalized.How.Value));
        Assert.Equal(SubjectKind.Privileged, normalized.SubjectKind);
        Assert.Equal("\"soft\"", Text(normalized.Key.Value));
        Assert.Equal(ObjectKind.File, normalized.ObjectKind);
    }

    [Fact]
    public void Records_without_their_system_call_are_not_normalised()
    {
        AuditEvent auditEvent = Assembled.One(
            """type=PATH msg=audit(9.000:1): item=0 name="/a" inode=7 mode=0100755 nametype=NORMAL""",
            """type=PATH msg=audit(9.000:1): item=1 name="/b" inode=8 mode=0100755 nametype=NORMAL""");
        int next = 0;
        Assert.True(EventPart.TryTake(auditEvent, ref next, out EventPart part));

        Assert.False(_normalizer.TryNormalize(part, out NormalizedEvent normalized));
        Assert.Equal(EventKind.Unknown, normalized.Kind);
        Assert.False(normalized.SubjectPrimary.IsPresent);
    }

    [Fact]
    public void An_event_is_one_part_up_to_each_record_that_ends_events()
    {
        AuditEvent auditEvent = Assembled.One(
            Execve, "type=EOE msg=audit(9.000:1): ", Execve, """type=PROCTITLE msg=audit(9.000:1): proctitle="x" """, "type=EOE msg=audit(9.000:1): ");
        var counts = new List<int>();
        int next = 0;
        while (EventPart.TryTake(auditEvent, ref next, out EventPart part))
            counts.Add(part.Count);

        Assert.Equal([2, 2], counts);
    }

    [Fact]
    public void Normalising_allocates_nothing()
    {
        List<AuditEvent> events = Assembled.All(TestLogs.Lines("kernel.log"));
        for (int warmUp = 0; warmUp < 5; warmUp++)
            NormalizeAll(events);

        int count = 0;
        Allocation.IsZero(() =>
        {
            for (int round = 0; round < 50; round++)
                count += NormalizeAll(events);
        });

        Assert.True(count >= 100_000, $"{count} events");
    }

    [Fact]
    public void Damaged_records_harm_nothing()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        byte[][] lines = [.. TestLogs.Lines("distros.log"), .. TestLogs.Lines("articles.log"), .. TestLogs.Lines("kernel.log").Take(500)];
        ReadOnlySpan<byte> spice = " =\"'(),0A/.\0\u001d"u8;
        using var output = new Utf8Output(Stream.Null);
        IEventFormat[] formats = [new CsvFormat(s_host, AllColumns), new TextFormat(s_host)];

        for (int round = 0; round < 20; round++)
        {
            foreach (byte[] line in lines)
            {
                for (int change = 0; change < 4; change++)
                    line[random.Next(line.Length)] = spice[random.Next(spice.Length)];
            }

            foreach (AuditEvent auditEvent in Assembled.All(lines))
            {
                foreach (IEventFormat format in formats)
                {
                    Exception? thrown = Xunit.Record.Exception(() => format.Write(auditEvent, output));
                    Assert.True(thrown is null, $"seed {seed}: {thrown}");
                }
            }
        }
    }

    static IEnumerable<string> RecordedRows()
    {
        using var file = new GZipStream(File.OpenRead(RepositoryFiles.PathOf("testdata", "normalised.tsv.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } row)
            yield return row;
    }

    static string Csv(AuditEvent auditEvent)
    {
        using var stream = new MemoryStream();
        using (var output = new Utf8Output(stream))
            new CsvFormat(s_host, AllColumns).Write(auditEvent, output);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    NormalizedEvent Normalize(AuditEvent auditEvent)
    {
        int next = 0;
        Assert.True(EventPart.TryTake(auditEvent, ref next, out EventPart part));
        Assert.True(_normalizer.TryNormalize(part, out NormalizedEvent normalized));
        return normalized;
    }

    int NormalizeAll(List<AuditEvent> events)
    {
        int count = 0;
        foreach (AuditEvent auditEvent in events)
        {
            int next = 0;
            while (EventPart.TryTake(auditEvent, ref next, out EventPart part))
            {
                if (_normalizer.TryNormalize(part, out _))
                    count++;
            }
        }

        return count;
    }
}
