using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Akashi.Audit.Tests.LogEntries;

public class AuditQueueTests
{
    const int EPERM = 1;
    const int ENOBUFS = 105;
    const int ECONNREFUSED = 111;

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void What_finds_no_room_is_counted_and_said_behind_what_was_queued()
    {
        var wire = new GatedWire();
        using (var program = new LoggedProgram(wire, options => options.QueueLengthMax = 3))
        {
            ILogger logger = program.Logger();
            logger.LogWarning("taken");
            Assert.True(wire.Waiting.Wait(s_limit));

            for (int count = 0; count < 10; count++)
                logger.LogWarning($"n{count}");
            wire.Gate.Set();
        }

        Assert.Equal(["taken", "n0", "n1", "n2", "lost=7"], wire.Lines.Select(Said));
        Assert.StartsWith("1121 op=log-lost lost=7 exe=", wire.Lines[4]);
        Assert.EndsWith(" res=failed", wire.Lines[4]);
    }

    [Fact]
    public void A_loss_is_said_while_the_program_runs_and_entries_go_on()
    {
        var wire = new GatedWire { AnswersMin = 3 };
        using (var program = new LoggedProgram(wire, options => options.QueueLengthMax = 1))
        {
            program.Logger().LogWarning("taken");
            Assert.True(wire.Waiting.Wait(s_limit));
            program.Logger().LogWarning("queued");
            program.Logger().LogWarning("dropped");
            wire.Gate.Set();
            Assert.True(wire.Answered.Wait(s_limit));
            program.Logger().LogWarning("later");
        }

        Assert.Equal(["taken", "queued", "lost=1", "later"], wire.Lines.Select(Said));
    }

    [Fact]
    public void An_entry_that_the_kernel_refuses_is_said_to_be_lost_when_it_takes_one_again()
    {
        var wire = new GatedWire(refusals: 2, ENOBUFS);
        wire.Gate.Set();
        var program = new LoggedProgram(wire);
        using (program)
        {
            foreach (string text in (string[])["a", "b", "c", "d"])
                program.Logger().LogWarning(text);
        }

        // Where in between depends on how fast the thread was; each is there once.
        Assert.Equal(["c", "d"], wire.Lines.Select(Said).Where(said => !said.StartsWith("lost=", StringComparison.Ordinal)));
        int said = wire.Lines.Select(Said).Where(said => said.StartsWith("lost=", StringComparison.Ordinal)).Sum(said => int.Parse(said["lost=".Length..]));
        Assert.Equal(2, said);
        Assert.EndsWith("; the entry is counted as lost", Assert.Single(program.Faults));
    }

    [Fact]
    public void A_loss_whose_record_is_refused_is_said_in_full_behind_the_next_entry()
    {
        var wire = new GatedWire(refusals: 1, ENOBUFS, takenBefore: 2) { AnswersMin = 3 };
        using (var program = new LoggedProgram(wire, options => options.QueueLengthMax = 1))
        {
            program.Logger().LogWarning("taken");
            Assert.True(wire.Waiting.Wait(s_limit));
            foreach (string text in (string[])["queued", "dropped", "dropped", "dropped"])
                program.Logger().LogWarning(text);
            wire.Gate.Set();
            Assert.True(wire.Answered.Wait(s_limit));
            program.Logger().LogWarning("later");
        }

        Assert.Equal(["taken", "queued", "later", "lost=3"], wire.Lines.Select(Said));
    }

    [Theory]
    [InlineData(EPERM, "; nothing is recorded (systemd: AmbientCapabilities=CAP_AUDIT_WRITE)")]
    [InlineData(ECONNREFUSED, "; nothing is recorded")]
    public void A_kernel_that_refuses_for_good_is_asked_once_and_told_of_once(int errno, string end)
    {
        var wire = new GatedWire(refusals: int.MaxValue, errno);
        wire.Gate.Set();
        var program = new LoggedProgram(wire);
        using (program)
        {
            for (int count = 0; count < 5; count++)
                program.Logger().LogWarning("x");
            Assert.True(SpinWait.SpinUntil(() => program.Queue.IsClosed, s_limit));
            program.Logger().LogWarning("x");
        }

        Assert.Equal(1, wire.Answers);
        Assert.True(wire.IsDisposed);
        Assert.Equal(2, program.Faults.Count);
        Assert.StartsWith("cannot send a record: ", program.Faults[0]);
        Assert.EndsWith(end, program.Faults[0]);
        Assert.Equal("6 entries are not recorded", program.Faults[1]);
    }

    [Fact]
    public async Task Every_entry_of_many_threads_is_recorded_or_counted()
    {
        const int ThreadCount = 4, EntryCount = 2000;
        var wire = new RecordedWire();
        var program = new LoggedProgram(wire, options => options.QueueLengthMax = 5);
        using (program)
        {
            ILogger logger = program.Logger();
            Task[] threads = [.. Enumerable.Range(0, ThreadCount).Select(thread => Task.Factory.StartNew(() =>
            {
                for (int count = 0; count < EntryCount; count++)
                    logger.LogWarning($"{thread}-{count}");
            }, TaskCreationOptions.LongRunning))];
            await Task.WhenAll(threads).WaitAsync(s_limit);
        }

        string[] said = [.. wire.Lines.Select(Said)];
        string[] recorded = [.. said.Where(text => text.Contains('-'))];
        int lost = said.Where(text => text.StartsWith("lost=", StringComparison.Ordinal)).Sum(text => int.Parse(text["lost=".Length..]));
        Assert.Equal(ThreadCount * EntryCount, recorded.Length + lost);
        Assert.Equal(recorded.Length, recorded.Distinct().Count());
        Assert.Empty(program.Faults);
    }

    [Fact]
    public void Disposing_sends_what_is_queued()
    {
        var wire = new RecordedWire();
        var program = new LoggedProgram(wire);
        using (program)
        {
            for (int count = 0; count < 500; count++)
                program.Logger().LogWarning($"n{count}");
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(count => $"n{count}"), wire.Lines.Select(Said));
        Assert.True(wire.IsDisposed);
        Assert.Empty(program.Faults);
    }

    [Fact]
    public void Disposing_does_not_wait_for_a_kernel_that_does_not_answer()
    {
        var wire = new GatedWire();
        var program = new LoggedProgram(wire, options => options.DrainTimeMax = TimeSpan.FromMilliseconds(50));
        program.Logger().LogWarning("taken");
        Assert.True(wire.Waiting.Wait(s_limit));
        program.Logger().LogWarning("queued");

        long start = Stopwatch.GetTimestamp();
        program.Dispose();
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        wire.Gate.Set();

        Assert.InRange(taken, TimeSpan.FromMilliseconds(40), TimeSpan.FromSeconds(20));
        Assert.Equal("1 entries are not recorded: the kernel doesn't take them in time", Assert.Single(program.Faults));
        Assert.True(SpinWait.SpinUntil(() => wire.IsDisposed, s_limit));
        Assert.Equal("taken", Said(Assert.Single(wire.Lines)));
    }

    [Fact]
    public void A_report_that_fails_ends_nothing()
    {
        var wire = new GatedWire(refusals: 1, ENOBUFS);
        wire.Gate.Set();
        using (var program = new LoggedProgram(wire, options => options.FaultReport = _ => throw new IOException()))
        {
            program.Logger().LogWarning("a");
            program.Logger().LogWarning("b");
        }

        Assert.Contains("b", wire.Lines.Select(Said));
    }

    static string Said(string line) => line.Contains(" data=\"") ? line.Split(" data=\"")[1].Split('"')[0] : line.Split(' ')[2];
}
