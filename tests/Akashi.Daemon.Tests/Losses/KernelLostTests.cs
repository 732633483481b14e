using Akashi.Control;
using Akashi.Daemon.Losses;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Losses;

/// <summary>The kernel's count, which is set back now and then.</summary>
public class KernelLostTests
{
    readonly LossLedger _ledger = new(new ManualClock(DateTimeOffset.FromUnixTimeSeconds(1_795_246_203)));
    readonly KernelLost _lost;

    public KernelLostTests() => _lost = new KernelLost(_ledger);

    long Count => _ledger.Of(LossSource.Kernel).Count;

    [Fact]
    public void What_was_lost_before_our_time_is_not_ours()
    {
        _lost.Look(1000);
        _lost.Look(1000);
        Assert.Equal(0, Count);

        _lost.Look(1007);
        Assert.Equal(7, Count);
    }

    [Fact]
    public void A_reset_seen_in_its_record_first_costs_nothing()
    {
        _lost.Look(10);
        _lost.NoteChange("audit(1.000:1): op=set lost=0 old=14 auid=0 ses=1 subj=? res=1"u8);
        _lost.Look(3);

        Assert.Equal(7, Count);
    }

    [Fact]
    public void A_reset_seen_in_the_count_first_costs_nothing()
    {
        _lost.Look(10);
        _lost.Look(3);
        _lost.NoteChange("audit(1.000:1): op=set lost=0 old=14 auid=0 ses=1 subj=? res=1"u8);
        _lost.Look(5);

        Assert.Equal(4 + 3 + 2, Count);
    }

    [Fact]
    public void Other_changes_say_nothing()
    {
        _lost.Look(10);
        _lost.NoteChange("audit(1.000:1): op=set audit_backlog_limit=8192 old=64 auid=0 ses=1 subj=? res=1"u8);
        _lost.NoteChange("audit(1.000:1): op=set lost=0 old="u8);
        _lost.NoteChange([]);
        _lost.Look(11);

        Assert.Equal(1, Count);
    }
}
