using System.Text;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

/// <summary>What the first and last lines of a recorder's file tell.</summary>
public sealed class RecordingGlanceTests
{
    // 2026-11-21 16:50:00 UTC.
    const long Start = 1795279800;
    const string Name = "20261121-165000-alice-ses12-0f3a9c1e-pts3";

    static readonly RecordingFacts s_facts = new(4000, Start + 95, 0, UnixFileMode.UserRead | UnixFileMode.UserWrite, 1, true, false, false);

    static readonly byte[] s_head = Encoding.UTF8.GetBytes($$$$"""
        {"version":3,"term":{"cols":80,"rows":24},"timestamp":{{{{Start}}}},"command":"vim","akashi":{"format":1,"chain":"sha256","session":{"boot":"0f3a9c1e-77","auid":"1000","ses":"12","user":"alice","append_only":"yes"}}}
        [0.250000, "o", "$ "]

        """);

    static readonly byte[] s_tail = Encoding.UTF8.GetBytes(
        $"1\"]\n[0.000000, \"x\", \"3\"]\n[0.000000, \"e\", \"o=2 i=0\"]\n[0.000000, \"c\", \"{new string('a', 64)}\"]\n");

    [Fact]
    public void One_that_ended_is_finished_with_its_facts()
    {
        RecordingSummary summary = Take(s_facts);

        Assert.Equal((RecordingState.Finished, "", "alice", "1000", "vim"), (summary.State, summary.Doubt, summary.Fact("user"), summary.Fact("auid"), summary.Command));
        Assert.Equal((Start, 95L, 4000L, 3), (summary.UnixSeconds, summary.LengthSeconds, summary.SizeBytes, summary.ExitCode));
        Assert.Equal("", summary.Fact("address"));
    }

    [Fact]
    public void One_that_is_held_is_live_and_lasts_until_now()
    {
        RecordingSummary summary = Take(s_facts with { IsHeld = true }, tail: []);

        Assert.Equal((RecordingState.Live, 500L), (summary.State, summary.LengthSeconds));
    }

    [Fact]
    public void Without_its_end_it_is_cut()
    {
        for (int length = 0; length < s_tail.Length; length++)
            Assert.Equal(RecordingState.Cut, Take(s_facts, tail: s_tail[..length]).State);
        Assert.Equal(RecordingState.Cut, Take(s_facts, tail: [.. s_tail, .. "[0.1, \"o\", \"x\"]\n"u8]).State);
    }

    [Fact]
    public void A_packed_one_is_taken_for_finished()
    {
        Assert.Equal(RecordingState.Finished, Take(s_facts with { IsPacked = true }, tail: []).State);
        Assert.Null(Take(s_facts with { IsPacked = true, ModifiedUnixSeconds = null }, tail: []).LengthSeconds);
    }

    [Fact]
    public void What_no_recorder_makes_is_suspect()
    {
        Assert.Equal("it belongs to uid 1000", Take(s_facts with { Uid = 1000 }).Doubt);
        Assert.Equal("others than its owner may open it", Take(s_facts with { Mode = s_facts.Mode | UnixFileMode.GroupRead }).Doubt);
        Assert.Equal("it has another name too", Take(s_facts with { LinkCount = 2 }).Doubt);
        Assert.Equal("its append-only flag is gone", Take(s_facts with { IsAppendOnly = false }).Doubt);
        Assert.Equal("", Take(s_facts with { IsAppendOnly = null }).Doubt);
        Assert.Equal("its name and its header tell of two sessions", Take(s_facts, Name.Replace("ses12", "ses13")).Doubt);
        Assert.Equal("its name and its header tell of two times", Take(s_facts, "20261121-165100" + Name[15..]).Doubt);
        Assert.Equal("its first line is no header", Take(s_facts, head: "{\"version\":3"u8.ToArray()).Doubt);
        Assert.Equal("it isn't a recorder's", Take(s_facts, head: "{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n"u8.ToArray()).Doubt);
        Assert.Equal("it is empty", Take(s_facts with { SizeBytes = 0 }, head: [], tail: []).Doubt);
        Assert.Equal(RecordingState.Suspect, Take(s_facts with { Uid = 1000 }).State);
    }

    [Fact]
    public void One_that_was_just_made_is_live() =>
        Assert.Equal((RecordingState.Live, ""), Take(s_facts with { SizeBytes = 0, ModifiedUnixSeconds = Start + 499 }, head: [], tail: []) is var summary ? (summary.State, summary.Doubt) : default);

    [Fact]
    public void Any_bytes_are_summed_up() => Seeded.Repeat(2000, random =>
    {
        byte[] head = Mutations.Damage(s_head, random), tail = Mutations.Damage(s_tail, random);
        RecordingSummary summary = RecordingGlance.Take(Name, s_facts, 0, head, tail, Start);

        Assert.True(Enum.IsDefined(summary.State));
        Assert.Equal(summary.State == RecordingState.Suspect, summary.Doubt.Length > 0);
    });

    [Fact]
    public void Summaries_are_read_as_they_were_written()
    {
        RecordingSummary first = Take(s_facts), second = Take(s_facts with { Uid = 5 }, head: []);

        Assert.True(RecordingSummaryText.TryRead(RecordingSummaryText.Write([first, second]), out List<RecordingSummary> read));
        Assert.Equal([Text(first), Text(second)], read.Select(Text));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() => Seeded.Repeat(2000, random =>
    {
        byte[] text = Mutations.Damage(RecordingSummaryText.Write([Take(s_facts), Take(s_facts)]), random);
        if (RecordingSummaryText.TryRead(text, out List<RecordingSummary> read))
            Assert.True(RecordingSummaryText.TryRead(RecordingSummaryText.Write(read), out List<RecordingSummary> again) && again.Count == read.Count);
    });

    // FNV-1a of 32 bits, as http://www.isthe.com/chongo/tech/comp/fnv has it: its test vectors for "a" and "foobar".
    [Theory]
    [InlineData("a", "e40c292c")]
    [InlineData("foobar", "bf9cf968")]
    public void An_id_is_frozen(string name, string id) => Assert.Equal(id, new RecordingSummary { Name = name }.Id);

    static RecordingSummary Take(in RecordingFacts facts, string name = Name, byte[]? head = null, byte[]? tail = null) =>
        RecordingGlance.Take(name, facts, 0, head ?? s_head, tail ?? s_tail, Start + 500);

    static string Text(RecordingSummary summary) => Encoding.UTF8.GetString(RecordingSummaryText.Write([summary]));
}
