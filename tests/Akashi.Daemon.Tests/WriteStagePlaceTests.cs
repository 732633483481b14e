using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Records;

namespace Akashi.Daemon.Tests;

/// <summary>Who works in the write stage's place: its own thread, or another while that one waits, and never two.</summary>
public sealed class WriteStagePlaceTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly MessageRing _ring = new(64 * 1024);
    readonly CancellationTokenSource _ended = new();
    readonly WriteStage _stage;
    readonly Thread _thread;

    public WriteStagePlaceTests()
    {
        var ledger = new DiskLedger();
        _stage = new WriteStage(_ring, new RecordText(default), null, new OwnRecords(TimeProvider.System, 1), new StreamSink(null, ledger), ledger, TimeProvider.System);
        _thread = new Thread(() => _stage.Run(_ended.Token)) { IsBackground = true };
    }

    public void Dispose()
    {
        if (_thread.IsAlive)
            End();
        _ended.Dispose();
    }

    [Fact]
    public void An_action_is_run_by_who_asks_while_the_stage_waits()
    {
        _thread.Start();
        Thread? runner = null;

        bool isRun = SpinWait.SpinUntil(() => _stage.TryRun(() => runner = Thread.CurrentThread), s_limit);

        Assert.True(isRun);
        Assert.Same(Thread.CurrentThread, runner);
    }

    [Fact]
    public void Nobody_stands_in_for_a_stage_that_has_not_begun_or_has_ended()
    {
        Assert.False(_stage.TryRun(() => Assert.Fail("run before the stage")));
        _thread.Start();
        Assert.True(SpinWait.SpinUntil(() => _stage.TryRun(() => { }), s_limit));

        End();

        Assert.False(_stage.TryRun(() => Assert.Fail("run after the stage")));
    }

    [Fact]
    public void While_the_stage_works_an_action_has_to_be_posted()
    {
        _thread.Start();
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        _stage.Post(() =>
        {
            begun.Set();
            goOn.Wait(s_limit);
        });
        Assert.True(begun.Wait(s_limit));

        Assert.False(_stage.TryRun(() => Assert.Fail("two at once")));

        goOn.Set();
    }

    // An increment of a plain number is lost where two threads are in the place at once.
    [Fact]
    public void Actions_of_many_threads_never_meet()
    {
        const int Threads = 3, Actions = 20_000;
        _thread.Start();
        int count = 0;
        var askers = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            Action add = () => count++;
            for (int index = 0; index < Actions; index++)
            {
                if (!_stage.TryRun(add))
                    _stage.Post(add);
            }
        })).ToList();
        askers.ForEach(asker => asker.Start());
        askers.ForEach(asker => asker.Join());

        End();

        Assert.Equal(Threads * Actions, count);
    }

    void End()
    {
        _ended.Cancel();
        _ring.WakeConsumer();
        _thread.Join();
    }
}
