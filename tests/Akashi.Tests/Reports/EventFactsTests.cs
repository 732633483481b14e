using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Reports.Facts;
using Akashi.Testing;
using Record = Akashi.Records.Record;

namespace Akashi.Tests.Reports;

/// <summary>Expected values are what aureport prints of these records.</summary>
public class EventFactsTests(ITestOutputHelper log)
{
    const FactKinds Every = (FactKinds)(-1);
    const string Syscall = "type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=2 ppid=11 pid=12 "
        + "auid=1000 uid=1 gid=2 euid=3 suid=4 fsuid=5 egid=6 sgid=7 fsgid=8 tty=pts0 ses=9 comm=\"cat\" exe=2F62696E2F612062 subj=s key=61016200";

    [Fact]
    public void System_call_says_who_did_what()
    {
        Assert.True(TryRead(out EventFacts facts, Syscall));

        Assert.Equal(59, facts.Syscall);
        Assert.Equal(Outcome.Success, facts.Outcome);
        Assert.Equal(1000, facts.LoginUser);
        Assert.Equal(12u, facts.Process);
        Assert.Equal(9u, facts.Session);
        Assert.Equal("pts0", Text(facts, facts.Terminal));
        Assert.Equal("cat", Text(facts, facts.Command));
        Assert.Equal("/bin/a b", Text(facts, facts.Executable));
        Assert.Equal(["a", "b"], facts.Keys.Select(key => Text(facts, key)));
    }

    [Theory]
    [InlineData("hostname=h addr=1.2.3.4", "h")]
    [InlineData("hostname=? addr=1.2.3.4", "1.2.3.4")]
    [InlineData("hostname=? addr=?", "?")]
    [InlineData("(hostname=h, addr=?,", "h")]
    [InlineData("addr=1.2.3.4", "")]
    public void Address_stands_in_for_an_unknown_host(string place, string host)
    {
        Assert.True(TryRead(out EventFacts facts, $"type=USER_AUTH msg=audit(1.000:1): pid=7 uid=0 auid=5 ses=3 msg='op=x acct=\"t\" exe=\"/su\" {place} terminal=tt res=failed'"));

        Assert.Equal(host, Text(facts, facts.HostName));
        Assert.Equal("tt", Text(facts, facts.Terminal));
        Assert.Equal("t", Text(facts, facts.Account));
        Assert.Equal(Outcome.Failed, facts.Outcome);
    }

    [Theory]
    [InlineData("\"/a b\"", "/a b")]
    [InlineData("2F612062", "/a b")]
    [InlineData("(null)", "(null)")]
    [InlineData("\"./x\"", "/home/t/./x")]
    [InlineData("\"..\"", "/home/t/..")]
    [InlineData("\"x/y\"", "x/y")]
    [InlineData("\".\"", ".")]
    public void Names_of_files_are_decoded_and_some_get_their_directory(string name, string expected)
    {
        Assert.True(TryRead(out EventFacts facts,
            "type=CWD msg=audit(1.000:1): cwd=\"/home/t\"", $"type=PATH msg=audit(1.000:1): item=0 name={name} inode=1 nametype=NORMAL"));

        Assert.Equal(expected, Text(facts, Assert.Single(facts.Files).Name));
    }

    [Theory]
    [InlineData("02000050010203040000000000000000", "1.2.3.4")]
    [InlineData("0A000016000000000000000000000000000000000000000100000000", "::1")]
    [InlineData("0A0000160000000020010DB800000000000000000000002500000000", "2001:db8::25")]
    public void Internet_addresses_of_sockets_are_hosts(string address, string host)
    {
        Assert.True(TryRead(out EventFacts facts, $"type=SOCKADDR msg=audit(1.000:1): saddr={address}"));

        Assert.Equal(host, Text(facts, facts.HostName));
    }

    [Theory]
    [InlineData("syscall=59 ")]
    [InlineData(" pid=12")]
    [InlineData(" auid=1000")]
    [InlineData(" comm=\"cat\"")]
    [InlineData(" exe=2F62696E2F612062")]
    public void System_call_without_what_each_has_takes_its_event_out(string missing)
    {
        Assert.False(TryRead(out _, Syscall.Replace(missing, missing.EndsWith(' ') ? "" : " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_not_needed_is_not_missed()
    {
        AuditEvent auditEvent = Join(Syscall.Replace(" comm=\"cat\"", "", StringComparison.Ordinal));

        Assert.True(new FactsReader(FactKinds.LoginUser).TryRead(auditEvent, new EventFacts()));
        Assert.False(new FactsReader(FactKinds.Command).TryRead(auditEvent, new EventFacts()));
    }

    [Fact]
    public void Access_decisions_are_kept_one_by_one()
    {
        const string Avc = "type=AVC msg=audit(1.000:1): avc:  denied  { read write } for  pid=3 comm=\"c\" name=\"n\" dev=sda scontext=s:p:x tcontext=o:{0} tclass=dir";
        Assert.True(TryRead(out EventFacts facts, Avc.Replace("{0}", "a", StringComparison.Ordinal), Avc.Replace("{0}", "b", StringComparison.Ordinal)));

        Assert.Equal(Outcome.Failed, facts.Outcome);
        Assert.Equal(["o:a", "o:b"], facts.Accesses.Select(access => Text(facts, access.Object)));
        Assert.All(facts.Accesses, access => Assert.Equal("read write", Text(facts, access.Permissions)));
    }

    [Fact]
    public void Damaged_records_never_throw()
    {
        const int Seed = 4711;
        log.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var reader = new FactsReader(Every);
        var facts = new EventFacts();
        byte[][] lines = [.. TestLogs.Names.SelectMany(TestLogs.Lines).Where((_, index) => index % 23 == 0)];
        int read = 0;
        foreach (byte[] line in lines)
        {
            for (int round = 0; round < 20; round++)
            {
                byte[] damaged = Damage(line, random);
                if (Record.TryParse(damaged, out Record record, out _) && Assembled(record) is { } auditEvent)
                    read += reader.TryRead(auditEvent, facts) ? 1 : 0;
            }
        }

        Assert.True(read > 1000);
    }

    [Fact]
    public void Reading_facts_allocates_nothing()
    {
        AuditEvent auditEvent = Join(
            Syscall, "type=CWD msg=audit(1.000:1): cwd=\"/home/t\"", "type=PATH msg=audit(1.000:1): item=0 name=\"./x\" inode=1 nametype=NORMAL",
            "type=SOCKADDR msg=audit(1.000:1): saddr=0A0000160000000020010DB800000000000000000000002500000000");
        var reader = new FactsReader(Every);
        var facts = new EventFacts();
        for (int round = 0; round < 10_000; round++)
            reader.TryRead(auditEvent, facts);

        Allocation.IsZero(() =>
        {
            for (int round = 0; round < 20_000; round++)
                reader.TryRead(auditEvent, facts);
        });
    }

    static byte[] Damage(byte[] line, Random random)
    {
        byte[] damaged = (byte[])line.Clone();
        int start = Math.Min(damaged.Length - 1, 60);
        for (int count = random.Next(4); count > 0; count--)
            damaged[random.Next(start, damaged.Length)] = " =\"'0,)(}{\u001dA"u8[random.Next(12)];
        return random.Next(3) == 0 ? damaged[..random.Next(start, damaged.Length)] : damaged;
    }

    static AuditEvent? Assembled(in Record record)
    {
        var assembler = new EventAssembler();
        assembler.Add(record, default);
        assembler.Flush();
        return assembler.TryTake(out AuditEvent? auditEvent) ? auditEvent : null;
    }

    static bool TryRead(out EventFacts facts, params string[] lines)
    {
        facts = new EventFacts();
        return new FactsReader(Every).TryRead(Join(lines), facts);
    }

    static AuditEvent Join(params string[] lines)
    {
        var assembler = new EventAssembler();
        foreach (string line in lines)
        {
            Assert.True(Record.TryParse(Encoding.UTF8.GetBytes(line), out Record record, out _));
            assembler.Add(record, default);
        }

        assembler.Flush();
        Assert.True(assembler.TryTake(out AuditEvent? auditEvent));
        return auditEvent;
    }

    static string Text(EventFacts facts, FactText text) => Encoding.UTF8.GetString(facts[text]);
}
