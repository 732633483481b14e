using System.Text;
using Akashi.Events;
using Akashi.Search;
using Akashi.Search.Conditions;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Search;

public class QuietStretchTests
{
    static readonly string[] s_types = ["SYSCALL", "SYSCALL", "PATH", "CWD", "EOE", "EOE", "PROCTITLE", "USER_AUTH", "DAEMON_START", "NOSUCH"];

    [Trait("Category", "Long")]
    [Fact]
    public void What_is_passed_over_changes_nothing() => Seeded.Repeat(4000, random =>
    {
        byte[] log = RandomLog(random);
        int timeoutSeconds = random.Next(4);
        int pieceMax = random.Next(200, 4000);
        int seed = random.Next();
        var condition = new KeyCondition(new TextPattern("needle", isWhole: false));

        string expected = Search(log, new SearchPlan([condition]) { Candidates = new EveryLine() }, timeoutSeconds, new Random(seed), pieceMax);
        string found = Search(log, new SearchPlan([condition]), timeoutSeconds, new Random(seed), pieceMax);

        Assert.Equal(expected, found);
    });

    [Fact]
    public void Most_of_a_quiet_block_is_passed_over()
    {
        byte[] block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(100, 1000).Select(number => Line("CWD", number, number, ""))));
        var stretch = new QuietStretch();

        stretch.Read(block, newestSecond: 105, timeoutSeconds: 2);

        Assert.Equal(1000, stretch.Headers.Length);
        Assert.Equal((8, 998), (stretch.Start, stretch.End));
    }

    // Quiet stretches and busy ones, clocks that fall back, records of several events among one another, late and doubled ones, noise.
    static byte[] RandomLog(Random random)
    {
        var log = new StringBuilder();
        long second = 1000;
        int serial = 1;
        int quietness = random.Next(1, 6), lines = random.Next(20, 300);
        bool isSorted = random.Next(2) == 0;
        for (int count = 0; count < lines; count++)
        {
            if (random.Next(3) == 0)
            {
                second += random.Next(quietness);
                serial++;
            }

            if (!isSorted && random.Next(150) == 0)
                second -= random.Next(20);
            if (random.Next(60) == 0)
                log.Append("noise\n");
            bool isLate = !isSorted && random.Next(8) == 0;
            int back = isLate || random.Next(6) > 0 ? 0 : random.Next(3);
            string key = random.Next(40) == 0 ? " key=\"needle\"" : random.Next(40) == 0 ? " key=6E6565646C65" : "";
            log.Append(Line(s_types[random.Next(s_types.Length)], isLate ? second - random.Next(4) : second, isLate ? serial - random.Next(4) : serial - back, key));
        }

        return Encoding.ASCII.GetBytes(log.ToString());
    }

    static string Line(string type, long second, long serial, string key) => $"type={type} msg=audit({second}.000:{serial}): a0=1{key}\n";

    static string Search(byte[] log, SearchPlan plan, int timeoutSeconds, Random random, int pieceMax)
    {
        var faults = new StringBuilder();
        var search = new TrailSearch(new TrailReader(new ChoppedStream(log, random, pieceMax)), plan, new EventAssembler(timeoutSeconds))
        {
            OnBadLine = (_, origin, fault) => faults.Append(origin).Append(fault).Append('\n'),
        };
        var found = new StringBuilder();
        while (search.TryNext(out AuditEvent? match))
        {
            found.Append(match.Origin).Append('\n');
            for (int index = 0; index < match.Count; index++)
                found.Append(Encoding.ASCII.GetString(match[index].Line)).Append('\n');
        }

        return $"{found}{faults}{search.Counts.Lines} {search.Counts.BadLines} {search.Counts.IncompleteEvents}";
    }
}
