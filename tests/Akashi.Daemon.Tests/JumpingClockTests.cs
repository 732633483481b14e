using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Records;
using Akashi.Tables;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Daemon.Tests;

/// <summary>The wall clock is set forward and back while records come.</summary>
public sealed class JumpingClockTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_are_written_in_the_order_they_came_and_own_ones_carry_the_clock_as_it_is()
    {
        var clock = new SetClock(TestHost.Noon);
        var files = new LinuxHost().Files;
        var ring = new MessageRing(1024 * 1024);
        var text = new RecordText(default);
        OwnRecords own = OwnRecords.Create(clock);
        var configuration = new AuditdConfiguration { LogFile = _folder["audit.log"] };
        var writer = new TrailWriter(files, configuration.LogFile, configuration.Rotation, [], null);
        var ledger = new DiskLedger();
        var sink = new TrailSink(configuration, writer, new OwnLines(text, own), ledger, new DaemonSurroundings(), clock, _ => { });
        var stage = new WriteStage(ring, text, null, own, sink, ledger, clock);

        TimeSpan[] jumps = [TimeSpan.FromDays(400), TimeSpan.FromDays(-900), TimeSpan.FromHours(-1), TimeSpan.FromDays(600), TimeSpan.Zero];
        for (int index = 0; index < 500; index++)
        {
            Assert.True(ring.TryAdd(new KernelMessage((ushort)RecordType.Test, Encoding.ASCII.GetBytes($"audit({1700000000 + (index * 7919 % 1000)}.000:{index}): n={index}"))));
            int number = index;
            if (index % 100 == 50)
            {
                ring.Publish();
                stage.Post(() =>
                {
                    clock.Set(jumps[number / 100]);
                    stage.WriteOwn(RecordType.DaemonRotate, "op=jump"u8);
                });
                Drain(stage);
            }
        }

        ring.Publish();
        Drain(stage);
        sink.Dispose();

        string[] lines = File.ReadAllLines(configuration.LogFile);
        Assert.Equal(Enumerable.Range(0, 500).Select(index => $"n={index}"), lines.Where(line => line.StartsWith("type=TEST", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]));
        DateTimeOffset now = TestHost.Noon;
        Assert.Equal(jumps.Select(jump => (now += jump).ToUnixTimeSeconds()), lines.Where(line => line.Contains("op=jump")).Select(line => long.Parse(line.Split("audit(")[1].Split('.')[0])));
    }

    static void Drain(WriteStage stage)
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        stage.Run(ended.Token);
    }

    // As clock_settime(2): the wall clock alone; what measures durations goes on.
    sealed class SetClock(DateTimeOffset start) : TimeProvider
    {
        DateTimeOffset _now = start;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Set(TimeSpan by) => _now += by;
    }
}
