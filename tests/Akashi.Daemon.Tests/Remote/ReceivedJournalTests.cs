using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Remote;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Remote;
using Akashi.Tables;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>A receiver that was killed at any moment of writing a group, and the start after it.</summary>
public sealed class ReceivedJournalTests : IDisposable
{
    const string Before = "node=a type=TEST msg=audit(1626611363.720:1): before\n";

    readonly TemporaryFolder _folder = new();
    readonly IFiles _files = new LinuxHost().Files;
    readonly List<string> _said = [];
    readonly RemoteClient _client = ReceivedBatches.Client();
    readonly RemoteStream _stream = new() { Next = 100 };

    public void Dispose() => _folder.Dispose();

    string Journal => _folder["akashi-received"];

    string Log => _folder["audit.log"];

    [Fact]
    public void Wherever_the_log_was_torn_the_start_after_it_has_the_group_once()
    {
        string group = BeginGroup(out RemoteBatch batch);
        byte[] journal = File.ReadAllBytes(Journal);
        Assert.Equal(3, batch.Records);
        for (int torn = 0; torn <= group.Length; torn++)
        {
            File.WriteAllBytes(Journal, journal);
            File.WriteAllText(Log, Before + group[..torn]);
            ReceivedJournal.Recover(_files, Log, _said.Add);

            Assert.Equal(Before + group, File.ReadAllText(Log));
            Assert.Equal(103, Position());

            // Done: once is enough.
            File.WriteAllText(Log, "");
            ReceivedJournal.Recover(_files, Log, _said.Add);
            Assert.Equal("", File.ReadAllText(Log));
        }

        Assert.Empty(_said);
    }

    [Fact]
    public void A_kill_before_the_header_says_so_leaves_nothing_of_the_group()
    {
        byte[] former = [];
        BeginGroup(out _, () => former = File.ReadAllBytes(Journal));
        byte[] journal = File.ReadAllBytes(Journal);
        former.AsSpan(0, 4096).CopyTo(journal);
        File.WriteAllBytes(Journal, journal);
        ReceivedJournal.Recover(_files, Log, _said.Add);

        Assert.Equal(Before, File.ReadAllText(Log));
        Assert.Equal(100, Position());
    }

    [Fact]
    public void A_log_that_was_rotated_or_moved_away_since_is_left_as_it_is()
    {
        string group = BeginGroup(out _);
        byte[] journal = File.ReadAllBytes(Journal);
        File.AppendAllText(Log, group);
        File.Move(Log, Log + ".1");
        File.WriteAllText(Log, "new\n");
        ReceivedJournal.Recover(_files, Log, _said.Add);
        Assert.Equal(Before + group, File.ReadAllText(Log + ".1"));
        Assert.Equal("new\n", File.ReadAllText(Log));

        File.Delete(Log + ".1");
        File.WriteAllBytes(Journal, journal);
        ReceivedJournal.Recover(_files, Log, _said.Add);
        Assert.Equal("new\n", File.ReadAllText(Log));
        Assert.Equal(103, Position());
    }

    [Fact]
    public void Where_somebody_wrote_behind_a_torn_line_the_line_comes_again_whole()
    {
        string group = BeginGroup(out _);
        string[] lines = group.Split('\n');
        File.AppendAllText(Log, lines[0] + "\n" + lines[1][..20] + "\ntype=DAEMON_START\n");
        ReceivedJournal.Recover(_files, Log, _said.Add);

        Assert.Equal(Before + lines[0] + "\n" + lines[1][..20] + "\ntype=DAEMON_START\n" + lines[1] + "\n" + lines[2] + "\n", File.ReadAllText(Log));
    }

    [Fact]
    public void What_was_refused_counts_for_nothing_once_the_group_has_ended()
    {
        using ReceivedJournal journal = OpenJournal();
        RemoteBatch batch = ReceivedBatches.Of(_client, ["one", "two"]);
        journal.Begin(batch, [Target()], _ => 0);
        foreach (ref RemoteRun run in batch.Runs)
            run.Answer = RemoteMessageType.DiskFull;
        journal.End(batch);
        journal.Dispose();
        ReceivedJournal.Recover(_files, Log, _said.Add);

        Assert.Equal(Before, File.ReadAllText(Log));
        Assert.Equal(100, Position());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    [InlineData(100_000)]
    [InlineData(2_000_000)]
    public void One_that_was_cut_off_while_it_was_made_is_made_anew(int zeros)
    {
        File.WriteAllBytes(Journal, new byte[zeros]);
        Assert.Null(ReceivedJournal.Recover(_files, Log, _said.Add));
        OpenJournal().Dispose();

        Assert.Equal(100, Position());
        Assert.Empty(_said);
    }

    [Fact]
    public void One_of_another_version_is_left_as_it_is_and_not_kept_open()
    {
        byte[] other = [.. "akashirj"u8, 2, 0, 0, 0, .. new byte[4096]];
        File.WriteAllBytes(Journal, other);

        Assert.Contains("no journal of this version", ReceivedJournal.Recover(_files, Log, _said.Add));
        Assert.Equal(other, File.ReadAllBytes(Journal));
        Assert.Empty(_said);
        Assert.DoesNotContain(Journal, OpenPaths.All());
    }

    [Fact]
    public void A_damaged_file_breaks_nothing() => Seeded.Repeat(200, random =>
    {
        File.Delete(Journal);
        BeginGroup(out _);
        byte[] journal = File.ReadAllBytes(Journal);
        int length = random.Next(4) == 0 ? random.Next(journal.Length) : journal.Length;
        for (int wounds = random.Next(5); wounds > 0; wounds--)
            journal[random.Next(2) == 0 ? random.Next(24) : 528_384 + random.Next(600)] = (byte)random.Next(256);
        File.WriteAllBytes(Journal, journal[..length]);
        ReceivedJournal.Recover(_files, Log, _said.Add);

        Assert.StartsWith(Before, File.ReadAllText(Log));
    });

    string BeginGroup(out RemoteBatch batch, Action? before = null)
    {
        using ReceivedJournal journal = OpenJournal();
        batch = ReceivedBatches.Of(_client, ["one", "two", "three"]);
        before?.Invoke();
        journal.Begin(batch, [Target()], _ => 0);
        return Encoding.ASCII.GetString(batch.Lines);
    }

    ReceivedJournal OpenJournal()
    {
        File.WriteAllText(Log, Before);
        ReceivedJournal journal = ReceivedJournal.Open(_files, Journal, _said.Add);
        _client.Stream = _stream;
        journal.TakeSlot(_stream, "10.0.0.7", 17, 5);
        return journal;
    }

    JournalTarget Target()
    {
        using var writer = new TrailWriter(_files, Log, new RotationSettings(0, 0, false, false), []);
        return new JournalTarget(Log, writer.Prepare());
    }

    long Position()
    {
        using ReceivedJournal journal = ReceivedJournal.Open(_files, Journal, _said.Add);
        (string address, UInt128 number, RemoteStream stream) = Assert.Single(journal.ReadStreams());
        Assert.Equal(("10.0.0.7", (UInt128)17, 5), (address, number, stream.Slot));
        return stream.Next;
    }
}
