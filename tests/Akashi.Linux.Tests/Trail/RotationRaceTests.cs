using System.Globalization;
using System.Text;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Linux.Tests.Trail;

/// <summary>A log that rotates, grows or vanishes while it is opened or read is read once, whole.</summary>
public sealed class RotationRaceTests
{
    // Every moment of every rotation: up to three of them, each step before some opening.
    [Fact]
    public void A_rotation_while_the_logs_are_opened_neither_repeats_nor_hides() => Seeded.Repeat(400, random =>
    {
        using var logs = new RotationDirectory(new LinuxHost().Files, random.Next(1, 6));
        logs.Begin();
        int written = logs.LastLine;
        logs.BeginRotation(random.Next(1, 4));
        logs.StepsBeforeOpening = _ => random.Next(3) == 0 ? random.Next(1, 4) : 0;
        using AuditTrail trail = AuditTrail.OpenRotated(logs, logs.Newest);
        logs.FinishRotation();
        logs.Write(5);

        List<int> read = Read(trail);

        Assert.Equal(Enumerable.Range(1, read.Count), read);
        Assert.InRange(read.Count, written, logs.LastLine);
    });

    [Fact]
    public void A_writer_that_rotates_all_the_while_is_read_without_a_gap()
    {
        using var logs = new RotationDirectory(new LinuxHost().Files, 3);
        logs.Begin();
        using var ends = new CancellationTokenSource();
        int rotations = 0;
        var writer = new Thread(() =>
        {
            while (!ends.IsCancellationRequested && rotations < 300)
            {
                logs.Write(20);
                logs.BeginRotation();
                logs.FinishRotation();
                rotations++;
                Thread.Yield();
            }
        });
        writer.Start();
        try
        {
            for (int round = 0; round < 20; round++)
            {
                using AuditTrail trail = AuditTrail.OpenRotated(new LinuxHost().Files, logs.Newest);
                List<int> read = Read(trail);
                Assert.Equal(Enumerable.Range(read[0], read.Count), read);
            }
        }
        finally
        {
            ends.Cancel();
            writer.Join();
        }
    }

    [Fact]
    public void A_log_that_is_removed_or_rotated_while_it_is_read_is_read_to_its_end()
    {
        using var logs = new RotationDirectory(new LinuxHost().Files, 3);
        logs.Begin();
        int written = logs.LastLine;
        using AuditTrail trail = AuditTrail.OpenRotated(new LinuxHost().Files, logs.Newest);
        var reader = new TrailReader(trail);
        Assert.True(reader.TryRead(out TrailBlock first));
        List<int> read = [.. Numbers(first)];

        logs.Write(3);
        File.Delete(logs.Newest + ".1");
        File.Delete(logs.Newest + ".2");
        File.Move(logs.Newest, logs.Newest + ".1");
        logs.Write(10);
        while (reader.TryRead(out TrailBlock block))
            read.AddRange(Numbers(block));

        Assert.Equal(Enumerable.Range(1, written + 3), read);
    }

    static List<int> Read(AuditTrail trail)
    {
        var reader = new TrailReader(trail);
        var numbers = new List<int>();
        while (reader.TryRead(out TrailBlock block))
            numbers.AddRange(Numbers(block));
        return numbers;
    }

    static int[] Numbers(TrailBlock block) =>
        [.. Encoding.ASCII.GetString(block.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
}
