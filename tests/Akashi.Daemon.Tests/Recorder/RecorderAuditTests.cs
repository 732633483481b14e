using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public sealed class RecorderAuditTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ScriptedKernel _kernel = new();
    readonly ManualClock _clock = new(TestHost.Noon);

    string Path => _folder["unsaid"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_kernel_takes_leaves_the_file()
    {
        using (RecorderAudit audit = Open())
        {
            audit.Say("op=session-unrecorded old_uid=7", isSuccess: false);
            WaitFor(() => audit.WaitingCount == 0);
        }

        Assert.Equal([(1121, "op=session-unrecorded old_uid=7 res=failed")], _kernel.Messages);
        Assert.Equal("", File.ReadAllText(Path));
    }

    [Fact]
    public void What_it_doesnt_take_outlives_the_service_and_is_sent_with_its_time()
    {
        _kernel.Status = _kernel.Status with { Enabled = 0 };
        using (RecorderAudit audit = Open())
        {
            audit.Say("op=one", isSuccess: true);
            audit.Say("op=two", isSuccess: false);
        }

        Assert.Empty(_kernel.Messages);
        Assert.Equal(["1795262400000 op=one res=success", "1795262400000 op=two res=failed"], File.ReadAllLines(Path));

        _kernel.Status = _kernel.Status with { Enabled = 1 };
        _clock.Advance(TimeSpan.FromHours(2));
        using (RecorderAudit audit = Open())
            WaitFor(() => audit.WaitingCount == 0);

        Assert.Equal(["op=one at=1795262400.000 res=success", "op=two at=1795262400.000 res=failed"], _kernel.Messages.Select(message => message.Text));
        Assert.Equal("", File.ReadAllText(Path));
    }

    // A kill in the middle of a write: the next record must not become part of the torn one.
    [Fact]
    public void A_torn_line_costs_itself_alone()
    {
        File.WriteAllText(Path, "1795262400000 op=one res=success\n17952624000");
        _kernel.Status = _kernel.Status with { Enabled = 0 };
        using (RecorderAudit audit = Open())
            audit.Say("op=two", isSuccess: true);

        Assert.Equal(["1795262400000 op=one res=success", "1795262400000 op=two res=success"], File.ReadAllLines(Path));
    }

    [Fact]
    public void A_file_that_cannot_be_written_costs_nothing_while_the_service_runs()
    {
        Directory.CreateDirectory(Path);
        using RecorderAudit audit = Open();
        audit.Say("op=one", isSuccess: true);
        WaitFor(() => audit.WaitingCount == 0);

        Assert.Equal("op=one res=success", Assert.Single(_kernel.Messages).Text);
    }

    [Fact]
    public void A_kernel_that_refuses_is_asked_again()
    {
        _kernel.Refusals["send user message"] = (1, "CAP_AUDIT_WRITE is missing (root has it)");
        var log = new List<string>();
        using (RecorderAudit audit = Open(log))
        {
            audit.Say("op=one", isSuccess: true);
            WaitFor(() => { lock (log) return log.Any(line => line.Contains("CAP_AUDIT_WRITE")); });
            _kernel.Refusals.Clear();
            audit.Say("op=two", isSuccess: true);
            WaitFor(() => audit.WaitingCount == 0);
        }

        Assert.Equal(["op=one res=success", "op=two res=success"], _kernel.Messages.Select(message => message.Text));
    }

    [Fact]
    public void One_that_the_kernel_refuses_for_its_own_sake_holds_up_none_behind_it()
    {
        const int InvalidArgument = 22;
        File.WriteAllLines(Path, [$"1795262400000 op={new string('x', 9000)} res=success", "1795262400000 op=two res=success"]);
        _kernel.Refusals["send user message"] = (InvalidArgument, "Invalid argument");
        using (RecorderAudit audit = Open())
        {
            WaitFor(() => audit.WaitingCount == 0);
            _kernel.Refusals.Clear();
            audit.Say("op=three", isSuccess: true);
            WaitFor(() => audit.WaitingCount == 0 && _kernel.Messages.Count == 2);
        }

        Assert.Equal(["op=three res=success", "op=records-dropped count=2 res=failed"], _kernel.Messages.Select(message => message.Text));
        Assert.Equal("", File.ReadAllText(Path));
    }

    [Fact]
    public void Those_for_which_too_many_wait_are_counted_over_a_restart()
    {
        const int WaitingMax = 10_000;
        _kernel.Status = _kernel.Status with { Enabled = 0 };
        File.WriteAllLines(Path, Enumerable.Repeat("1795262400000 op=one res=success", WaitingMax / 2));
        using (RecorderAudit audit = Open())
        {
            audit.SayNoted("op=transfer");
            Assert.Equal(WaitingMax / 2, audit.WaitingCount);
            audit.Say("op=two", isSuccess: true);
        }

        Assert.Equal(["1795262400000 op=two res=success", "1795262400000 op=records-dropped count=1 res=failed"], File.ReadAllLines(Path)[(WaitingMax / 2)..]);
    }

    [Theory]
    [InlineData("alice", "\"alice\"")]
    [InlineData("a b", "612062")]
    [InlineData("a\"b", "612262")]
    [InlineData("a\nres=success", "610A7265733D73756363657373")]
    [InlineData("é", "C3A9")]
    public void Values_of_others_forge_no_field(string value, string written) => Assert.Equal(written, RecorderRecords.Quote(value));

    RecorderAudit Open(List<string>? log = null)
    {
        var audit = new RecorderAudit(() => _kernel, _clock, Path, line => { if (log is not null) lock (log) log.Add(line); });
        audit.Start();
        return audit;
    }

    static void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)));
}
