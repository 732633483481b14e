using System.Text;
using Akashi.Daemon.Recorder;
using Akashi.Daemon.Recordings;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Compression;
using Akashi.Linux.Files;
using Akashi.Recordings;
using Akashi.Testing;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Tests.Recorder;

public sealed class RecordingPackingTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly IHost _host = new LinuxHost();
    readonly byte[] _recording;
    readonly string _hash;

    public RecordingPackingTests()
    {
        Assert.SkipUnless(ZstdFile.IsAvailable, "libzstd isn't installed");
        using var made = new MemoryStream();
        var writer = new RecordingWriter(made);
        writer.Begin(new RecordingHeader { IsChained = true });
        for (int index = 0; index < 3000; index++)
        {
            writer.Write(index * 1000, RecordingEventKind.Output, Encoding.UTF8.GetBytes($"line {index} of what was shown\r\n"));
            if (index % 100 == 0)
                writer.Flush();
        }

        writer.End(3_000_000, 0);
        _recording = made.ToArray();
        _hash = writer.LastHash;
        File.WriteAllBytes(Recording, _recording);
        AppendOnlyFlag.TrySet(Recording, true);
    }

    string Recording => _folder["one.cast"];

    string Packed => _folder["one.cast.zst"];

    public void Dispose()
    {
        foreach (string file in Directory.GetFiles(_folder.Path))
            AppendOnlyFlag.TrySet(file, false);
        _folder.Dispose();
    }

    [Fact]
    public void What_is_packed_is_the_recording()
    {
        new RecordingPacking(_host.Files).Pack(Recording, _hash, 3, CancellationToken.None);

        Assert.Equal([Packed], Directory.GetFiles(_folder.Path));
        Assert.Equal(_recording, Unpack());
        Assert.InRange(new FileInfo(Packed).Length, 1, _recording.Length / 3);
    }

    [Fact]
    public void Lists_read_the_end_of_a_packed_one_alone()
    {
        new RecordingPacking(_host.Files).Pack(Recording, _hash, 3, CancellationToken.None);

        Assert.Equal(0, Assert.Single(new RecordingCatalog(_host, _folder.Path).Read()).ExitCode);

        // As zstd(1) packs: one frame.
        AppendOnlyFlag.TrySet(Packed, false);
        File.Delete(Packed);
        File.WriteAllBytes(_folder["plain"], _recording);
        using (SafeFileHandle plain = File.OpenHandle(_folder["plain"]))
            ZstdFile.Pack(plain, Packed, 3, _host.Files, CancellationToken.None);

        Assert.Null(Assert.Single(new RecordingCatalog(_host, _folder.Path).Read()).ExitCode);
    }

    [Fact]
    public void While_it_is_packed_a_list_has_it_once_and_doubts_no_flag()
    {
        AppendOnlyFlag.TrySet(Recording, false);
        using var made = new MemoryStream();
        var writer = new RecordingWriter(made);
        writer.Begin(new RecordingHeader { IsChained = true, Session = [("append_only", "yes")] });
        writer.End(1000, 0);
        File.WriteAllBytes(Recording, made.ToArray());
        AppendOnlyFlag.TrySet(Recording, true);
        var doubts = new List<string>();

        new RecordingPacking(_host.Files, _ => doubts.Add(Assert.Single(new RecordingCatalog(_host, _folder.Path).Read()).Doubt)).Pack(Recording, writer.LastHash, 3, CancellationToken.None);

        Assert.Equal(7, doubts.Count);
        Assert.DoesNotContain(RecordingGlance.FlagGone, doubts);
    }

    // As a kill leaves it: after each step, and then packed again by the next service.
    [Theory]
    [InlineData(PackingStep.Cleared)]
    [InlineData(PackingStep.Packed)]
    [InlineData(PackingStep.Compared)]
    [InlineData(PackingStep.Named)]
    [InlineData(PackingStep.Flagged)]
    [InlineData(PackingStep.Unflagged)]
    [InlineData(PackingStep.Removed)]
    public void A_kill_after_any_step_leaves_one_complete_recording(object step)
    {
        var killed = new RecordingPacking(_host.Files, reached => { if (reached.Equals(step)) throw new KilledException(); });
        Assert.Throws<KilledException>(() => killed.Pack(Recording, _hash, 3, CancellationToken.None));

        bool isPlain = File.Exists(Recording);
        Assert.Equal(_recording, isPlain ? File.ReadAllBytes(Recording) : Unpack());
        Assert.Equal(step is PackingStep.Removed, !isPlain);
        if (isPlain)
            new RecordingPacking(_host.Files).Pack(Recording, _hash, 3, CancellationToken.None);
        Assert.Equal([Packed], Directory.GetFiles(_folder.Path));
        Assert.Equal(_recording, Unpack());
    }

    [Fact]
    public void A_copy_that_differs_replaces_nothing()
    {
        var packing = new RecordingPacking(_host.Files, step =>
        {
            if (step != PackingStep.Packed)
                return;
            byte[] other = [.. _recording];
            other[^150] ^= 1;
            File.WriteAllBytes(_folder["other"], other);
            File.Delete(Recording + ".packing");
            using var source = File.OpenHandle(_folder["other"]);
            ZstdFile.Pack(source, Recording + ".packing", 3, _host.Files, CancellationToken.None);
            File.Delete(_folder["other"]);
        });

        Assert.Throws<AuditException>(() => packing.Pack(Recording, _hash, 3, CancellationToken.None));
        Assert.Equal([Recording], Directory.GetFiles(_folder.Path));
        Assert.Equal(_recording, File.ReadAllBytes(Recording));
    }

    [Fact]
    public void A_copy_that_is_cut_replaces_nothing()
    {
        var packing = new RecordingPacking(_host.Files, step =>
        {
            if (step == PackingStep.Packed)
                File.WriteAllBytes(Recording + ".packing", File.ReadAllBytes(Recording + ".packing")[..^20]);
        });

        Assert.Throws<AuditException>(() => packing.Pack(Recording, _hash, 3, CancellationToken.None));
        Assert.Equal([Recording], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_hash_that_isnt_the_recordings_replaces_nothing()
    {
        Assert.Contains(
            $"has the hash {_hash}, not ", Assert.Throws<AuditException>(
                () => new RecordingPacking(_host.Files).Pack(Recording, new string('0', 64), 3, CancellationToken.None)).Message);
        Assert.Equal([Recording], Directory.GetFiles(_folder.Path));
    }

    byte[] Unpack()
    {
        using Stream packed = _host.Files.Unzstd(File.OpenRead(Packed), Packed);
        using var all = new MemoryStream();
        packed.CopyTo(all);
        return all.ToArray();
    }

    // Caught by nobody, as a kill isn't.
    sealed class KilledException : Exception;
}
