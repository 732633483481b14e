using Akashi.Daemon.Status;
using Akashi.Host;

namespace Akashi.Daemon.Tests.Status;

/// <summary>Looks at the service, some of which fail.</summary>
public sealed class StatusStageTests
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_look_that_fails_keeps_no_other_from_being_done_and_is_said_once()
    {
        var said = new List<string>();
        int seconds = 0, tens = 0;
        using (var stage = new StatusStage(
            [() => throw new AuditException("one"), () => Interlocked.Increment(ref seconds)],
            [() => throw new IOException("two"), () => tens++],
            said.Add))
        {
            stage.Start();
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref seconds) >= 2, s_limit));
            Assert.True(stage.TryEnd(s_limit));
        }

        Assert.True(tens >= 1);
        Assert.Equal(["one", "two"], said);
    }

    [Fact]
    public void A_look_that_fails_in_another_way_is_said_anew()
    {
        var said = new List<string>();
        int count = 0;
        using (var stage = new StatusStage([() => throw new AuditException($"fault {Interlocked.Increment(ref count)}")], [], said.Add))
        {
            stage.Start();
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref count) >= 2, s_limit));
            Assert.True(stage.TryEnd(s_limit));
        }

        Assert.Equal(["fault 1", "fault 2"], said[..2]);
    }
}
