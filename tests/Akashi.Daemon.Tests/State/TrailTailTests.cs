using System.Text;
using Akashi.Daemon.State;
using Akashi.Linux;
using Akashi.Records;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.State;

/// <summary>Where a trail's records of the kernel end.</summary>
public sealed class TrailTailTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_highest_number_counts_and_the_daemons_own_do_not()
    {
        Assert.Equal(new EventStamp(20_000, 12), Find("""
            l msg=audit(19.000:10): cut off
            type=SYSCALL msg=audit(20.000:12): a=1
            node=a type=PATH msg=audit(20.000:11): a=1
            type=DAEMON_END msg=audit(21.000:9999): op=terminate
            type=PATH msg=audit(2
            """));
        Assert.Equal(new EventStamp(20_000, 1), Find("type=A msg=audit(19.000:4294967295): \ntype=A msg=audit(20.000:1): \n"));
        Assert.Null(Find("type=A msg=audit(9.000:5): of the boot before\ntype=DAEMON_START msg=audit(21.000:9999): op=start\n"));
        Assert.Null(Find(""));
    }

    [Fact]
    public void An_empty_segment_is_passed_over_and_a_missing_one_says_nothing()
    {
        File.WriteAllText(_folder["audit.log"], "");
        File.WriteAllText(_folder["audit.log.1"], "type=A msg=audit(20.000:7): \n");

        var files = new LinuxHost().Files;
        Assert.Equal(7u, TrailTail.FindLast(files, _folder["audit.log"], DateTimeOffset.UnixEpoch)?.Serial);
        Assert.Null(TrailTail.FindLast(files, _folder["none.log"], DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Damaged_tails_never_throw() => Seeded.Repeat(500, random =>
    {
        string log = string.Concat(Enumerable.Range(0, 20).Select(number => $"type=SYSCALL msg=audit({number + 10}.000:{number}): a=1\n"));
        TrailTail.FindIn(Mutations.Damage(Encoding.ASCII.GetBytes(log), random), 0);
    });

    static EventStamp? Find(string tail) => TrailTail.FindIn(Encoding.ASCII.GetBytes(tail), 10_000);
}
