using System.Text;
using Akashi.Control;
using Akashi.Daemon.KernelState;
using Akashi.Daemon.Losses;
using Akashi.Daemon.State;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.State;

/// <summary>What a service leaves for the next: frozen, mirrored, whole or none.</summary>
public sealed class RecordingMarkTests : IDisposable
{
    static readonly RecordingMark s_mark = new(
        new ProcessMark(4242, 123_450), "b-1", DateTimeOffset.FromUnixTimeMilliseconds(1_795_246_203_456), 348_501, false,
        [new LossSaying(LossSource.Kernel, 3, false), new LossSaying(LossSource.Disk, 12, false)]);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_text_is_frozen() => Assert.Equal(
        "akashi recording 1\nowner 4242 123450\nboot b-1\nseen 1795246203456\nserial 348501\nended 0\nunsaid kernel 3\nunsaid disk 12\nend\n",
        Encoding.ASCII.GetString(s_mark.ToBytes()));

    [Fact]
    public void What_is_written_is_read_back()
    {
        var file = new RecordingMarkFile(new LinuxHost().Files, _folder.Path);
        Assert.Null(file.Read(out string? fault));
        Assert.Null(fault);

        file.Write(s_mark with { Serial = null });
        file.Write(s_mark);
        RecordingMark read = file.Read(out _)!;

        Assert.Equal(s_mark with { Unsaid = [] }, read with { Unsaid = [] });
        Assert.Equal(s_mark.Unsaid, read.Unsaid);
        Assert.Equal([_folder["service/mark"]], Directory.GetFiles(_folder["service"]));
    }

    [Fact]
    public void A_damaged_one_is_said_and_not_used()
    {
        Directory.CreateDirectory(_folder["service"]);
        File.WriteAllText(_folder["service/mark"], "akashi recording 1\n");

        Assert.Null(new RecordingMarkFile(new LinuxHost().Files, _folder.Path).Read(out string? fault));
        Assert.Contains("is damaged", fault);
    }

    [Fact]
    public void Damaged_texts_are_read_or_refused() => Seeded.Repeat(3000, random =>
    {
        byte[] damaged = Mutations.Damage(s_mark.ToBytes(), random);
        if (RecordingMark.Read(damaged) is { } read)
            Assert.NotNull(RecordingMark.Read(read.ToBytes()));
    });
}
