using Akashi.Control;
using Akashi.Daemon.Recordings;
using Akashi.Linux.Processes;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recordings;

public sealed class RefusedLooksTests : IDisposable
{
    readonly ScriptedHost _host = new();
    readonly RefusedLooks _refused;

    public RefusedLooksTests()
    {
        _host.Kernel.Status = _host.Kernel.Status with { Pid = 612, Enabled = 1 };
        _refused = new RefusedLooks(_host);
    }

    IEnumerable<string> Said => _host.Kernel.Messages.Select(message => message.Text);

    public void Dispose() => _refused.Dispose();

    [Fact]
    public void One_who_asks_without_end_hides_nobody_else_and_is_counted()
    {
        for (int index = 0; index < 100; index++)
            Ask(1000);
        Ask(1001);

        Assert.Equal(5, Said.Count(text => text.Contains(" suid=1000 ")));
        Assert.Equal(1, Said.Count(text => text.Contains(" suid=1001 ")));

        ((ManualClock)_host.Clock).Advance(TimeSpan.FromMinutes(1));
        _refused.SayCounted();
        _refused.SayCounted();

        string last = Assert.Single(Said, text => text.Contains("count="));
        Assert.StartsWith("op=recording-refused count=95 suid=1000 exe=", last);
        Assert.EndsWith(" res=failed", last);
    }

    [Fact]
    public void The_end_says_what_was_counted()
    {
        for (int index = 0; index < 7; index++)
            Ask(1000);
        _refused.Dispose();

        Assert.StartsWith("op=recording-refused count=2 suid=1000 ", Said.Last());
    }

    void Ask(uint uid) => _refused.Say(
        new RecordingRequest(RecordingLook.Read, "20261121-165000-alice-ses12-0f3a9c1e-pts3"), new PeerProcess(7, 1, uid, uid, uid, 5, 7, 0, "cat"));
}
