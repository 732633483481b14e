using Akashi.Testing;

namespace Akashi.Audit.Tests;

public class EventFollowerTests
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void What_is_written_meanwhile_comes_and_what_is_not_wanted_does_not()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["audit.log"], Line(1, "a") + Line(2, "b"));
        using EventFollower follower = EventFollower.FollowTrail(folder["audit.log"], search: AuditSearch.FromExpression("x r= b"));

        Assert.True(follower.TryNext(s_limit, out AuditEvent? first));
        Assert.Equal(2ul, first.Serial);
        File.AppendAllText(folder["audit.log"], Line(3, "a") + Line(4, "b"));
        Assert.True(follower.TryNext(s_limit, out AuditEvent? second));
        Assert.Equal(4ul, second.Serial);
        Assert.False(follower.TryNext(TimeSpan.Zero, out _));
    }

    [Fact]
    public void Another_thread_ends_the_wait()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["audit.log"], Line(1, "a"));
        using EventFollower follower = EventFollower.FollowTrail(folder["audit.log"], since: DateTimeOffset.UtcNow);

        follower.Wake();

        Assert.False(follower.TryNext(s_limit, out _));
    }

    [Fact]
    public void A_trail_that_is_not_there_says_so() =>
        Assert.Equal(2, Assert.Throws<AuditReadException>(() => EventFollower.FollowTrail("/nonexistent/audit.log")).Errno);

    static string Line(int serial, string x) => $"type=TEST msg=audit(1600000000.000:{serial}): x={x}\n";
}
