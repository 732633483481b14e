using System.Text;
using Akashi.Daemon.KernelState;
using Akashi.Host;

namespace Akashi.Daemon.Tests.KernelState;

/// <summary>The text of /run/akashi/kernel/before, frozen.</summary>
public sealed class KernelSnapshotTextTests
{
    static readonly AuditStatus s_status = new(1, 2, 77, 300, 64, 5, 6, 0x7F, 15000, 8);

    [Fact]
    public void The_text_is_this()
    {
        byte[] rule = new byte[1040];
        rule[0] = 4;
        rule[1039] = 0xAB;
        var snapshot = new KernelSnapshot(new ProcessMark(1234, 567_890), s_status, new AuditFeatures(3, 2, 1), [rule]);

        Assert.Equal(
            "akashi kernel state 1\nowner 1234 567890\nstatus 1 2 300 64 15000\nfeatures 00000002 00000001\nrule 04"
            + new string('0', 2076) + "ab\nend 1\n",
            Encoding.ASCII.GetString(KernelSnapshotText.Write(snapshot)));
    }

    [Fact]
    public void What_the_owner_adds_stands_behind_what_was_there()
    {
        byte[] rule = new byte[1040];
        var snapshot = new KernelSnapshot(new ProcessMark(1, 2), default, default, [rule]);
        string zeros = new('0', 2080);

        Assert.EndsWith(
            $"\nrule {zeros}\nloan all 0\nown {zeros}\nown {zeros}\nend 3\n",
            Encoding.ASCII.GetString(KernelSnapshotText.Write(snapshot with { Loan = new KernelLoan([rule, rule], 0, IsAll: true) })));
        Assert.EndsWith(
            $"\nrule {zeros}\nloan part -\nend 1\n",
            Encoding.ASCII.GetString(KernelSnapshotText.Write(snapshot with { Loan = new KernelLoan([], null, IsAll: false) })));
    }

    [Fact]
    public void What_was_written_is_read()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        for (int round = 0; round < 200; round++)
        {
            KernelSnapshot snapshot = Make(random, random.Next(5));
            if (random.Next(2) == 0)
                snapshot = snapshot with { Loan = new KernelLoan(Make(random, random.Next(5)).Rules, random.Next(2) == 0 ? null : (uint)random.Next(), random.Next(2) == 0) };

            Assert.True(KernelSnapshotText.TryRead(KernelSnapshotText.Write(snapshot), out KernelSnapshot? read), $"seed {Seed}, round {round}");
            Assert.Equal(snapshot.Owner, read!.Owner);
            Assert.Equal(snapshot.Status, read.Status);
            Assert.Equal(snapshot.Features, read.Features);
            Assert.Equal(snapshot.Rules.Select(Convert.ToHexString), read.Rules.Select(Convert.ToHexString));
            Assert.Equal(snapshot.Loan?.Rules.Select(Convert.ToHexString), read.Loan?.Rules.Select(Convert.ToHexString));
            Assert.Equal((snapshot.Loan?.BacklogWaitTime, snapshot.Loan?.IsAll), (read.Loan?.BacklogWaitTime, read.Loan?.IsAll));
        }
    }

    [Fact]
    public void A_text_that_is_not_whole_is_refused()
    {
        KernelSnapshot snapshot = Make(new Random(1), 2);
        byte[] whole = KernelSnapshotText.Write(snapshot with { Loan = new KernelLoan(snapshot.Rules, 60, IsAll: false) });
        for (int length = 0; length < whole.Length; length++)
            Assert.False(KernelSnapshotText.TryRead(whole.AsSpan(0, length), out _), $"length {length}");
    }

    [Theory]
    [InlineData("akashi kernel state 1", "akashi kernel state 2")]
    [InlineData("owner 5 ", "owner -5 ")]
    [InlineData("owner 5 ", "owner 5  ")]
    [InlineData("status 1 ", "status 4294967296 ")]
    [InlineData("end 0", "end 1")]
    [InlineData("end 0", "rule 00\nend 1")]
    [InlineData("end 0", "rule zz\nend 0")]
    [InlineData("features 0", "features +")]
    [InlineData("end 0", "own 00\nend 1")]
    [InlineData("end 0", "loan some -\nend 0")]
    [InlineData("end 0", "loan all\nend 0")]
    [InlineData("end 0", "loan all -1\nend 0")]
    [InlineData("end 0", "loan all -\nloan all -\nend 0")]
    public void A_text_with_anything_else_in_it_is_refused(string part, string other)
    {
        var snapshot = new KernelSnapshot(new ProcessMark(5, 6), s_status, default, []);
        string text = Encoding.ASCII.GetString(KernelSnapshotText.Write(snapshot));
        Assert.Contains(part, text);

        Assert.False(KernelSnapshotText.TryRead(Encoding.ASCII.GetBytes(text.Replace(part, other, StringComparison.Ordinal)), out _));
    }

    static KernelSnapshot Make(Random random, int ruleCount)
    {
        uint Next() => (uint)random.NextInt64(uint.MaxValue + 1L);
        var rules = new List<byte[]>();
        for (int count = 0; count < ruleCount; count++)
        {
            byte[] rule = new byte[random.Next(1040, 1200)];
            random.NextBytes(rule);
            rules.Add(rule);
        }

        return new KernelSnapshot(
            new ProcessMark(random.Next(), random.NextInt64(long.MaxValue)),
            new AuditStatus(Next(), Next(), 0, Next(), Next(), 0, 0, 0, Next(), 0),
            new AuditFeatures(uint.MaxValue, Next(), Next()),
            rules);
    }
}
