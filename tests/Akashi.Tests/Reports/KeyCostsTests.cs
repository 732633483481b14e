using System.Text;
using Akashi.Events;
using Akashi.Reports.Counting;
using Akashi.Testing;
using Akashi.Tests.Normalization;

namespace Akashi.Tests.Reports;

public sealed class KeyCostsTests
{
    const string Opens = "type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=257 success=yes key=\"opens\"\n";
    const string Both = "type=SYSCALL msg=audit(1.000:2): syscall=59 key=6F70656E730165786563\ntype=CWD msg=audit(1.000:2): cwd=\"/\"\n";
    const string Without = "type=SYSCALL msg=audit(1.000:3): syscall=59 key=(null)\n";
    const string Message = "type=USER msg=audit(1.000:4): pid=1 msg='key=\"opens\"'\n";

    [Fact]
    public void Events_and_bytes_of_their_lines_are_counted_by_key_and_an_event_of_two_keys_for_both()
    {
        var costs = new KeyCosts();
        foreach (string text in (string[])[Opens, Both, Without, Message, Opens])
            costs.Add(Event(text));

        Assert.Equal(5, costs.Events);
        Assert.Equal(
            [("opens", 3, (2 * Opens.Length) + Both.Length), ("exec", 1, Both.Length), (null, 2, Without.Length + Message.Length)],
            costs.Ordered().Select(cost => (cost.Key, cost.Events, cost.Bytes)).OrderBy(cost => cost.Key is null).ThenByDescending(cost => cost.Bytes));
        Assert.Equal(costs.Ordered().Select(cost => cost.Bytes).OrderDescending(), costs.Ordered().Select(cost => cost.Bytes));
        Assert.Null(costs.Find("open"));
    }

    [Fact]
    public void A_key_of_any_bytes_and_length_is_counted()
    {
        string long600 = Convert.ToHexString(Encoding.ASCII.GetBytes(new string('x', 600)));
        var costs = new KeyCosts();
        costs.Add(Event($"type=SYSCALL msg=audit(1.000:1): key={long600}\n"));
        costs.Add(Event("type=SYSCALL msg=audit(1.000:1): key=FFFE01\n"));
        costs.Add(Event("type=SYSCALL msg=audit(1.000:1): key=\n"));

        Assert.Equal(3, costs.Events);
        Assert.Equal(1, costs.Find("\uFFFD\uFFFD")!.Events);
    }

    [Fact]
    public void A_known_key_allocates_nothing()
    {
        var costs = new KeyCosts();
        AuditEvent both = Event(Both);
        costs.Add(both);
        Allocation.IsZero(() =>
        {
            for (int count = 0; count < 10_000; count++)
                costs.Add(both);
        });
    }

    static AuditEvent Event(string text) => Assembled.One(text.TrimEnd('\n').Split('\n'));
}
