using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Search;
using Akashi.Search.Conditions;
using Akashi.Tables;
using Akashi.Testing;
using Akashi.Tests.Events;
using Akashi.Trail;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Search;

public class TrailSearchTests
{
    static readonly string[] s_texts =
        ["exec", "e", "all64", "etc", "passwd", "/usr/bin", "sudo", "ssh", "pts1", "root", "é", "ls -l", "name with blank", "\"", "-bash", "x", "(null)", "ux", "ec"];

    [Fact]
    public void Finds_what_a_scan_of_every_event_finds() => Seeded.Repeat(300, random =>
    {
        byte[] log = Piece(random);
        if (random.Next(3) == 0)
            log = Mutations.Damage(log, random);
        EventCondition[] conditions = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => RandomCondition(random))];

        List<string> found = Find(log, new SearchPlan(conditions), random);
        List<string> expected = Find(log, new SearchPlan(conditions) { Candidates = new EveryLine() }, random);

        Assert.Equal(expected, found);
    });

    [Fact]
    public void Lines_that_are_no_records_are_counted_and_shown()
    {
        var shown = new List<RecordFault>();
        byte[] log = "type=CWD msg=audit(1.000:1): cwd=\"/\"\n\nnoise\ntype=CWD\ntype=CWD msg=audit(x): \n"u8.ToArray();
        var search = new TrailSearch(new TrailReader(new MemoryStream(log)), new SearchPlan([]), new EventAssembler())
        {
            OnBadLine = (_, _, fault) => shown.Add(fault),
        };

        int found = 0;
        while (search.TryNext(out _))
            found++;

        Assert.Equal(1, found);
        Assert.Equal(5, search.Counts.Lines);
        Assert.Equal(4, search.Counts.BadLines);
        Assert.Equal([RecordFault.EmptyLine, RecordFault.MissingType, RecordFault.MissingStamp, RecordFault.MalformedStamp], shown);
    }

    // Keys in hex, as the kernel writes several keys, or a key with a blank: joined by 0x01.
    [Theory]
    [InlineData("key=\"exec\"", "exec", false, true)]
    [InlineData("key=\"exec\"", "xe", false, true)]
    [InlineData("key=\"exec\"", "xe", true, false)]
    [InlineData("key=65786563016E6574", "net", true, true)]
    [InlineData("key=65786563016E6574", "exec", true, true)]
    [InlineData("key=65786563016E6574", "cne", false, false)]
    [InlineData("key=6578656320782F", "exec x/", true, true)]
    [InlineData("key=6e6574", "net", true, true)]
    [InlineData("key=(null)", "null", false, false)]
    [InlineData("comm=\"exec\" key=\"net\"", "exec", false, false)]
    public void A_key_is_found_in_every_form(string fields, string key, bool isWhole, bool expected)
    {
        byte[] log = Encoding.UTF8.GetBytes($"type=SYSCALL msg=audit(1.000:1): {fields}\n");

        List<string> found = Find(log, new SearchPlan([new KeyCondition(new TextPattern(key, isWhole))]), new Random(1));

        Assert.Equal(expected, found.Count == 1);
    }

    [Fact]
    public void Nothing_is_allocated_per_record()
    {
        byte[] log = SteadyLog.Make(records: 120_000);
        var stops = new EveryThousandth(new KeyCondition(new TextPattern("nothing", false)), new NumberCondition(new FieldNames("pid"), 1));
        var plan = new SearchPlan([stops])
        {
            Candidates = new EveryLine(),
        };
        var search = new TrailSearch(new TrailReader(new MemoryStream(log)), plan, new EventAssembler());
        Assert.True(search.TryNext(out _));
        long before = search.Counts.Lines;

        Allocation.IsZero(() => Assert.True(search.TryNext(out _)));

        Assert.InRange(search.Counts.Lines - before, 1000, long.MaxValue);
    }

    static EventCondition RandomCondition(Random random)
    {
        string text = s_texts[random.Next(s_texts.Length)];
        var pattern = new TextPattern(text, random.Next(3) == 0);
        return random.Next(10) switch
        {
            0 or 1 => new KeyCondition(pattern),
            2 => new FileCondition(pattern),
            3 => new TextCondition(new FieldNames("exe"), pattern),
            4 => new TextCondition(new FieldNames("comm", "terminal"), pattern),
            5 => new NumberCondition(new FieldNames("uid", "auid"), random.Next(2) == 0 ? 0 : -1),
            6 => new RecordTypeCondition([random.Next(2) == 0 ? RecordType.Sockaddr : RecordType.UserAuth]),
            7 => new SyscallCondition(random.Next(60)),
            8 => new UserCondition(["uid", "auid"], (uint)(random.Next(2) * 1001), random.Next(2) == 0 ? "root" : "tester"),
            _ => new ExitCondition(-random.Next(15)),
        };
    }

    static byte[] Piece(Random random)
    {
        string[] names = [.. TestLogs.Names];
        byte[] log = TestLogs.Bytes(names[random.Next(names.Length)]);
        int start = random.Next(log.Length);
        return log[start..Math.Min(log.Length, start + random.Next(50_000))];
    }

    static List<string> Find(byte[] log, SearchPlan plan, Random random)
    {
        var search = new TrailSearch(new TrailReader(new ChoppedStream(log, random, 70_000)), plan, new EventAssembler());
        var found = new List<string>();
        while (search.TryNext(out AuditEvent? match))
        {
            var text = new StringBuilder();
            for (int index = 0; index < match.Count; index++)
                text.Append(Encoding.Latin1.GetString(match[index].Line)).Append('\n');
            found.Add(text.ToString());
        }

        return found;
    }

    // Lets the search come back now and then although the conditions find nothing.
    sealed class EveryThousandth(EventCondition first, EventCondition second) : EventCondition
    {
        int _count;

        public override bool Matches(AuditEvent auditEvent)
        {
            bool found = first.Matches(auditEvent) | second.Matches(auditEvent);
            return found || ++_count % 1000 == 0;
        }
    }
}
