using System.Text.Json;
using Akashi.Daemon.Recorder;
using Akashi.Linux.Processes;
using Akashi.Recordings;

namespace Akashi.Daemon.Tests.Recorder;

public class HolderTextTests
{
    [Fact]
    public void Nobody_is_nothing() => Assert.Empty(HolderText.Describe(new TerminalHolders([], 0, false)));

    [Fact]
    public void A_name_can_not_forge_an_entry_nor_carry_controls()
    {
        Assert.Equal(
            [("held_by", "7 x? 1 sshd, 8 ?[2J??, 9 端末")],
            HolderText.Describe(new TerminalHolders([Holder(7, "x, 1 sshd"), Holder(8, "\e[2J\u202e\u2028"), Holder(9, "端末")], 0, false)));
    }

    [Fact]
    public void Of_many_the_first_are_named_and_the_header_stays_short()
    {
        var holders = new TerminalHolders([.. Enumerable.Range(4_000_000, 5000).Select(pid => Holder(pid, new string('\u0001', 200)))], 300, true);

        List<(string Name, string Value)> facts = [.. HolderText.Describe(holders)];

        Assert.Equal(["held_by", "held_by_cut"], facts.Select(fact => fact.Name));
        Assert.EndsWith(", and 5268 more", facts[0].Value);
        Assert.Equal(33, facts[0].Value.Split(", ").Length);
        Assert.InRange(JsonSerializer.Serialize(facts[0].Value).Length, 0, RecordingGlance.HeadBytes / 4);
    }

    static PeerProcess Holder(int pid, string name) => new(pid, 1, 1000, 1000, 1000, 5, pid, 0, name);
}
