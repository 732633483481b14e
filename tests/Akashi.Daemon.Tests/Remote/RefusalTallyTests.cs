using Akashi.Daemon.Remote;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>How those who aren't let in are counted, by a clock that a test moves.</summary>
public sealed class RefusalTallyTests
{
    readonly ManualClock _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    readonly List<(string Reason, string Address, int Port, long Count)> _said = [];
    readonly RefusalTally _tally;

    public RefusalTallyTests() => _tally = new RefusalTally(_clock, (reason, address, port, count) => _said.Add((reason, address, port, count)));

    [Fact]
    public void The_first_is_said_at_once_and_the_others_as_one_a_second()
    {
        for (int index = 0; index < 1000; index++)
            _tally.Count("dup", "10.0.0.7", 1000 + index);
        _tally.Count("from", "10.0.0.7", 5);
        _tally.Count("dup", "10.0.0.8", 6);
        _tally.Look();
        Assert.Equal([("dup", "10.0.0.7", 1000, 1), ("from", "10.0.0.7", 5, 1), ("dup", "10.0.0.8", 6, 1)], _said);

        _clock.Advance(TimeSpan.FromMilliseconds(999));
        _tally.Look();
        Assert.Equal(3, _said.Count);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _tally.Look();
        Assert.Equal([("dup", "10.0.0.7", 1999, 999)], _said.Skip(3));

        // The sum's second counts too.
        _tally.Count("dup", "10.0.0.7", 7);
        Assert.Equal(4, _said.Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _tally.Count("dup", "10.0.0.7", 8);
        Assert.Equal([("dup", "10.0.0.7", 8, 2)], _said.Skip(4));
    }

    [Fact]
    public void However_many_addresses_there_are_the_records_are_few_and_nobody_is_left_out()
    {
        const int Addresses = 10_000;
        for (int second = 0; second < 3; second++)
        {
            int before = _said.Count;
            for (int index = 0; index < Addresses; index++)
            {
                _tally.Count("handshake-limit", $"10.0.{index / 256}.{index % 256}", 1);
                _tally.Count("tls-untrusted", $"10.1.{index / 256}.{index % 256}", 1);
            }

            Assert.InRange(_said.Count - before, 1, RefusalTally.KnownMax + 2);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _tally.End();
        Assert.Equal(3 * Addresses, _said.Where(one => one.Reason == "handshake-limit").Sum(one => one.Count));
        Assert.Equal(3 * Addresses, _said.Where(one => one.Reason == "tls-untrusted").Sum(one => one.Count));
        Assert.Contains(_said, one => one.Address == RefusalTally.Others && one.Count > 1000);
    }

    [Fact]
    public void Who_came_no_more_gives_its_place_to_another()
    {
        for (int index = 0; index < RefusalTally.KnownMax; index++)
            _tally.Count("dup", $"10.0.0.{index}", 1);
        _tally.Count("dup", "10.9.9.9", 1);
        Assert.Equal(RefusalTally.Others, _said[^1].Address);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _tally.Look();
        _tally.Count("dup", "10.9.9.9", 1);
        Assert.Equal("10.9.9.9", _said[^1].Address);
    }

    [Fact]
    public void The_end_says_what_is_not_said_yet()
    {
        for (int index = 0; index < 5; index++)
            _tally.Count("dup", "10.0.0.7", 1);
        _tally.End();
        _tally.End();
        Assert.Equal([1, 4], _said.Select(one => one.Count));
    }
}
