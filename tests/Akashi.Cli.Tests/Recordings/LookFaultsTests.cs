using System.Text;
using Akashi.Cli.Recordings;
using Akashi.Output;

namespace Akashi.Cli.Tests.Recordings;

public class LookFaultsTests
{
    [Fact]
    public void What_is_the_fault_of_all_sessions_is_said_once()
    {
        const string Away = "no service answers at /run/akashi/control\nhint: auditd writes it";
        Assert.Equal("akashi recordings: cannot look at one: no service answers at /run/akashi/control\nhint: auditd writes it\n", Said(("one", Away)));
        Assert.Equal("akashi recordings: cannot look at 3 sessions (one, two, three): no service answers at /run/akashi/control\nhint: auditd writes it\n",
            Said(("one", Away), ("two", Away), ("three", Away)));
        Assert.StartsWith("akashi recordings: cannot look at 4 sessions (1, 2, 3 …): ", Said(("1", Away), ("2", Away), ("3", Away), ("4", Away)));
    }

    [Fact]
    public void Each_reason_is_said_in_the_order_in_which_they_came() => Assert.Equal(
        "akashi recordings: cannot look at 2 sessions (a, c): it can't be handed over\nakashi recordings: cannot look at b: no recording of that name\n",
        Said(("a", "it can't be handed over"), ("b", "no recording of that name"), ("c", "it can't be handed over")));

    static string Said(params (string Name, string Reason)[] found)
    {
        var faults = new LookFaults();
        Assert.False(faults.Any);
        foreach ((string name, string reason) in found)
            faults.Add(name, reason);
        Assert.True(faults.Any);
        using var written = new MemoryStream();
        using (var error = new Utf8Output(written))
            faults.Write(error, "akashi recordings");
        return Encoding.UTF8.GetString(written.ToArray());
    }
}
