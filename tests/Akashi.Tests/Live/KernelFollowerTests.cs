using Akashi.Events;
using Akashi.Host;
using Akashi.Live;
using Akashi.Testing;

namespace Akashi.Tests.Live;

/// <summary>Events out of the kernel's multicast group, scripted.</summary>
public sealed class KernelFollowerTests
{
    readonly ScriptedEvents _events = new();
    readonly ManualClock _clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Messages_become_events_when_their_last_record_came()
    {
        _events.Add(1300, "audit(1.000:7): arch=c000003e syscall=59").Add(1309, "audit(1.000:7): argc=1 a0=\"ls\"")
            .Add(1320, "audit(1.000:7): ");
        using var follower = new KernelFollower(_events, _clock);

        Assert.True(follower.TryNext(TimeSpan.Zero, out AuditEvent? found));
        Assert.Equal(7UL, found.Stamp.Serial);
        Assert.Equal(3, found.Count);
        Assert.False(follower.TryNext(TimeSpan.Zero, out _));
    }

    [Fact]
    public void Drops_are_counted_and_do_not_end_it()
    {
        _events.Add(ReceiveOutcome.Overrun).Add(1107, "audit(1.000:8): pid=1").Add(ReceiveOutcome.Overrun).Add(ReceiveOutcome.Truncated);
        using var follower = new KernelFollower(_events, _clock);

        Assert.True(follower.TryNext(TimeSpan.Zero, out AuditEvent? found));
        Assert.Equal(8UL, found.Stamp.Serial);
        Assert.False(follower.TryNext(TimeSpan.Zero, out _));
        Assert.Equal((2L, 1L), (follower.Overruns, follower.BadMessages));
    }

    [Fact]
    public void An_open_event_leaves_after_a_second_of_silence()
    {
        _events.Add(1319, "audit(1.000:9): tty pid=1");
        using var follower = new KernelFollower(_events, _clock);
        Assert.False(follower.TryNext(TimeSpan.Zero, out _));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(follower.TryNext(TimeSpan.Zero, out AuditEvent? found));
        Assert.Equal(9UL, found.Stamp.Serial);
    }

    [Fact]
    public void The_end_of_the_source_brings_the_open_events_and_then_nothing()
    {
        _events.Add(1319, "audit(1.000:9): tty pid=1");
        using var follower = new KernelFollower(_events, _clock);
        Assert.False(follower.TryNext(TimeSpan.Zero, out _));
        _events.Release();

        Assert.True(follower.TryNext(TimeSpan.Zero, out _));
        Assert.False(follower.TryNext(TimeSpan.FromHours(1), out _));
        Assert.True(follower.IsClosed);
    }

    [Fact]
    public void Messages_that_are_no_records_are_counted()
    {
        _events.Add(1300, "nonsense").Add(1300, "audit(1.000:1): " + new string('x', 20_000));
        using var follower = new KernelFollower(_events, _clock);

        Assert.False(follower.TryNext(TimeSpan.Zero, out _));
        Assert.Equal(2, follower.BadMessages);
    }
}
