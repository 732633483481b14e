using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Testing;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Events;

public class EventAssemblerTests
{
    static readonly string[] s_types = ["SYSCALL", "SYSCALL", "PATH", "CWD", "PROCTITLE", "EOE", "USER_AUTH", "LOGIN", "AVC", "DAEMON_START"];

    [Fact]
    public void Records_of_one_stamp_are_one_event()
    {
        var assembler = new EventAssembler();

        List<string[]> left = [.. Add(assembler, "type=SYSCALL msg=audit(1.000:1): a=1"), .. Add(assembler, "type=CWD msg=audit(1.000:1): cwd=\"/\""), .. Flush(assembler)];

        Assert.Equal([["type=SYSCALL msg=audit(1.000:1): a=1", "type=CWD msg=audit(1.000:1): cwd=\"/\""]], left);
    }

    [Fact]
    public void Nodes_part_events_of_one_stamp()
    {
        var assembler = new EventAssembler();

        List<string[]> left = [.. Add(assembler, "node=a type=CWD msg=audit(1.000:1): "), .. Add(assembler, "node=b type=CWD msg=audit(1.000:1): "), .. Flush(assembler)];

        Assert.Equal(2, left.Count);
    }

    // testdata's mixed.log: the order in which ausearch 4.2.2 printed events 295 to 299 and 283.
    [Fact]
    public void A_closed_event_waits_for_an_open_one_before_it()
    {
        var assembler = new EventAssembler();
        Add(assembler, "type=LOGIN msg=audit(5.000:1): ");

        Assert.Empty(Add(assembler, "type=USER_AUTH msg=audit(5.001:2): "));
        Assert.Equal(2, Add(assembler, "type=SYSCALL msg=audit(7.000:3): ").Count);
    }

    [Fact]
    public void A_watcher_has_the_event_when_its_last_record_came()
    {
        var assembler = new EventAssembler { ClosesAtLastRecord = true };
        Add(assembler, "type=SYSCALL msg=audit(5.000:1): ");

        Assert.Single(Add(assembler, "type=PROCTITLE msg=audit(5.000:1): proctitle=\"x\""));
    }

    [Fact]
    public void A_lone_end_of_event_is_thrown_away()
    {
        var assembler = new EventAssembler();

        Assert.Empty(Add(assembler, "type=EOE msg=audit(5.000:1): "));
        Assert.Empty(Flush(assembler));
    }

    [Fact]
    public void Past_the_bound_the_lowest_leaves_incomplete_and_is_counted()
    {
        const int Room = 3;
        int eventBytes = "type=SYSCALL msg=audit(5.000:0): a=1".Length + EventAssembler.EventOverheadBytes;
        var assembler = new EventAssembler(pendingBytesMax: Room * eventBytes);

        List<string[]> left = [];
        for (int serial = 0; serial < 10; serial++)
            left.AddRange(Add(assembler, $"type=SYSCALL msg=audit(5.000:{serial}): a=1"));

        Assert.Equal(10 - Room, left.Count);
        Assert.Equal("type=SYSCALL msg=audit(5.000:0): a=1", left[0][0]);
        Assert.Equal(left.Count, assembler.IncompleteEvents);
        Assert.Equal(Room, Flush(assembler).Count);
    }

    [Fact]
    public void Records_of_one_event_are_charged_by_their_lines_alone()
    {
        const string Line = "type=SYSCALL msg=audit(5.000:0): a=1";
        var assembler = new EventAssembler(pendingBytesMax: EventAssembler.EventOverheadBytes + (10 * Line.Length));

        for (int index = 0; index < 10; index++)
            Assert.Empty(Add(assembler, Line));

        Assert.Single(Add(assembler, Line));
        Assert.Equal(1, assembler.IncompleteEvents);
    }

    // Counted by the runtime, arrays that were outgrown included: lines alone would let 36 MB be taken.
    [Fact]
    public void Short_lines_of_as_many_events_take_about_what_the_bound_says()
    {
        const int Bound = 4 * 1024 * 1024;
        const int Events = 100_000;
        byte[][] lines = [.. Enumerable.Range(0, Events).Select(serial => Encoding.ASCII.GetBytes($"type=CWD msg=audit(5.000:{serial}):"))];
        var assembler = new EventAssembler(pendingBytesMax: Bound);
        int left = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] line in lines)
        {
            if (Record.TryParse(line, out Record record, out _))
                assembler.Add(record, default);
            while (assembler.TryTake(out _))
                left++;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(Events - left, 1, Bound / EventAssembler.EventOverheadBytes);
        Assert.InRange(allocated, Bound / 2, 2 * Bound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Agrees_with_the_naive_one_on_random_interleavings(bool closesAtLastRecord) => Seeded.Repeat(400, random =>
    {
        var assembler = new EventAssembler { ClosesAtLastRecord = closesAtLastRecord };
        var naive = new NaiveAssembler(2, closesAtLastRecord);
        int records = random.Next(1, 300), seconds = random.Next(1, 12), serials = random.Next(1, 40);
        for (int index = 0; index < records; index++)
        {
            string node = random.Next(6) == 0 ? "node=n" + random.Next(2) + " " : "";
            int second = 100 + (index * seconds / records) + random.Next(2) - (random.Next(20) == 0 ? random.Next(9) : 0);
            string line = $"{node}type={s_types[random.Next(s_types.Length)]} msg=audit({second}.{random.Next(2):000}:{random.Next(serials)}): n={index}";

            Assert.Equal(naive.Add(line), Add(assembler, line));
        }

        Assert.Equal(naive.Flush(), Flush(assembler));
    });

    [Fact]
    public void Nothing_is_lost_nor_doubled_on_damaged_logs() => Seeded.Repeat(200, random =>
    {
        byte[] damaged = Mutations.Damage(TestLogs.Bytes("mixed.log"), random);
        var assembler = new EventAssembler();
        long added = 0, left = 0;
        foreach (Range range in damaged.AsSpan().Split((byte)'\n'))
        {
            if (!Record.TryParse(damaged.AsSpan()[range], out Record record, out _) || record.Type == Akashi.Tables.RecordType.Eoe)
                continue;
            added += record.Line.Length;
            assembler.Add(record, default);
            left += TakenBytes(assembler);
        }

        assembler.Flush();
        Assert.Equal(added, left + TakenBytes(assembler));
    });

    [Fact]
    public void Nothing_is_allocated_once_the_pool_is_warm()
    {
        byte[] log = SteadyLog.Make(records: 110_000);
        var assembler = new EventAssembler();
        int position = Run(log, 0, 10_000, assembler);

        Allocation.IsZero(() => position = Run(log, position, 10_000, assembler));
    }

    static int Run(byte[] log, int start, int records, EventAssembler assembler)
    {
        for (int index = 0; index < records; index++)
        {
            int length = log.AsSpan(start).IndexOf((byte)'\n');
            if (Record.TryParse(log.AsSpan(start, length), out Record record, out _))
                assembler.Add(record, default);
            start += length + 1;
            while (assembler.TryTake(out _))
            {
            }
        }

        return start;
    }

    static long TakenBytes(EventAssembler assembler)
    {
        long bytes = 0;
        while (assembler.TryTake(out AuditEvent? ready))
        {
            for (int index = 0; index < ready.Count; index++)
                bytes += ready[index].Type == Akashi.Tables.RecordType.Eoe ? 0 : ready[index].Line.Length;
        }

        return bytes;
    }

    static List<string[]> Add(EventAssembler assembler, string line)
    {
        Assert.True(Record.TryParse(Encoding.UTF8.GetBytes(line), out Record record, out _));
        assembler.Add(record, default);
        return Take(assembler);
    }

    static List<string[]> Flush(EventAssembler assembler)
    {
        assembler.Flush();
        return Take(assembler);
    }

    static List<string[]> Take(EventAssembler assembler)
    {
        var all = new List<string[]>();
        while (assembler.TryTake(out AuditEvent? ready))
        {
            string[] lines = new string[ready.Count];
            for (int index = 0; index < lines.Length; index++)
                lines[index] = Encoding.UTF8.GetString(ready[index].Line);
            all.Add(lines);
        }

        return all;
    }
}
