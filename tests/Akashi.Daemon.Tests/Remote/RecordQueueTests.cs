using System.Text;
using Akashi.Daemon.Remote;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>Both queues beside a list that does the same.</summary>
public sealed class RecordQueueTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_that_cant_get_another_depth_stays_as_it_is_and_is_let_go()
    {
        string path = _folder["queue"];
        using (FileRecordQueue queue = FileRecordQueue.Open(path, 3))
            Assert.True(queue.TryAdd("type=TEST one"u8));
        Directory.CreateDirectory(path + ".new");

        Assert.Equal($"cannot resize {path}: Permission denied", Assert.Throws<TrailException>(() => FileRecordQueue.Open(path, 4)).Message);
        Assert.DoesNotContain(path, OpenPaths.All());
        using FileRecordQueue again = FileRecordQueue.Open(path, 3);
        Assert.Equal("type=TEST one", Peek(again));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_does_what_a_list_does(bool isFile) => Seeded.Repeat(20, random =>
    {
        int capacity = random.Next(1, 12);
        string path = _folder[$"queue{random.Next()}"];
        IRecordQueue queue = isFile ? FileRecordQueue.Open(path, capacity) : new MemoryRecordQueue(capacity);
        var twin = new Queue<string>();
        for (int step = 0; step < 400; step++)
        {
            switch (random.Next(isFile ? 7 : 6))
            {
                case < 3:
                    string text = $"type=TEST {step} {new string('x', random.Next(random.Next(1, 12_000)))}";
                    Assert.Equal(twin.Count < capacity, queue.TryAdd(Encoding.ASCII.GetBytes(text)));
                    if (twin.Count < capacity)
                        twin.Enqueue(text);
                    break;
                case 6:
                    // Another depth moves the records; fewer than wait are not to be had.
                    queue.Dispose();
                    capacity = Math.Max(twin.Count, random.Next(1, 12));
                    queue = FileRecordQueue.Open(path, capacity);
                    break;
                default:
                    Assert.Equal(twin.TryPeek(out string? oldest) ? oldest : "", Peek(queue));
                    if (twin.TryDequeue(out _))
                        queue.Drop();
                    break;
            }

            Assert.Equal((twin.Count, capacity), (queue.Count, queue.Capacity));
        }

        queue.Dispose();
    });

    [Fact]
    public void Memory_that_was_grown_into_is_not_allocated_again()
    {
        using var queue = new MemoryRecordQueue(2048);
        byte[] text = new byte[300];
        byte[] room = new byte[FileRecordQueue.TextBytesMax];
        void Pass()
        {
            for (int index = 0; index < 100_000; index++)
            {
                queue.TryAdd(text);
                queue.Peek(room);
                if (queue.Count > 50)
                    queue.Drop();
            }
        }

        Allocation.IsZero(Pass);
    }

    [Fact]
    public void One_process_has_the_file()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 isn't installed");
        using FileRecordQueue queue = FileRecordQueue.Open(_folder["queue"], 4);
        using var other = System.Diagnostics.Process.Start("/usr/bin/python3", ["-c",
            "import fcntl,sys\ntry:\n fcntl.lockf(open(sys.argv[1],'r+b'), fcntl.LOCK_EX|fcntl.LOCK_NB)\nexcept OSError:\n sys.exit(7)", _folder["queue"]]);
        other.WaitForExit();

        Assert.Equal(7, other.ExitCode);
    }

    [Theory]
    [InlineData("cut", "it is cut off")]
    [InlineData("empty header", "it is no queue of audisp-remote")]
    [InlineData("version", "its version is 1")]
    public void A_file_that_is_damaged_is_said_and_left_as_it_is(string damage, string reason)
    {
        FileRecordQueue.Open(_folder["queue"], 4).Dispose();
        byte[] bytes = File.ReadAllBytes(_folder["queue"]);
        switch (damage)
        {
            case "cut":
                bytes = bytes[..20_000];
                break;
            case "version":
                bytes[14] = 1;
                break;
            default:
                bytes.AsSpan(0, 32).Clear();
                break;
        }

        File.WriteAllBytes(_folder["queue"], bytes);

        TrailException exception = Assert.Throws<TrailException>(() => FileRecordQueue.Open(_folder["queue"], 4));
        Assert.Contains(reason, exception.Message);
        Assert.Equal(bytes, File.ReadAllBytes(_folder["queue"]));
    }

    [Fact]
    public void A_slot_without_an_end_or_without_text_gives_nothing()
    {
        using FileRecordQueue queue = FileRecordQueue.Open(_folder["queue"], 4);
        queue.TryAdd("type=A"u8);
        queue.TryAdd("type=B"u8);
        queue.TryAdd("type=C"u8);
        using (FileStream file = new(_folder["queue"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 12288;
            file.Write(Enumerable.Repeat((byte)'x', 12288).ToArray());
            file.WriteByte(0);
        }

        Assert.Equal("", Peek(queue));
        queue.Drop();
        Assert.Equal("", Peek(queue));
        queue.Drop();
        Assert.Equal("type=C", Peek(queue));
    }

    static string Peek(IRecordQueue queue)
    {
        byte[] room = new byte[FileRecordQueue.TextBytesMax];
        return Encoding.ASCII.GetString(room, 0, queue.Peek(room));
    }
}
