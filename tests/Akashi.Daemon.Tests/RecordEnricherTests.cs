using System.Text;
using Akashi.Host;
using Akashi.Testing;
using Record = Akashi.Records.Record;

namespace Akashi.Daemon.Tests;

public class RecordEnricherTests
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    // Real lines of an ENRICHED log that auditd 4.2.2 wrote. Left out: socket addresses, which are not enriched yet, and the account
    // 1003, which was made and removed while the log was written.
    [Fact]
    public void Enriches_as_auditd_did()
    {
        var enricher = new RecordEnricher(new RecordedAccounts(), TimeProvider.System);
        byte[] destination = new byte[8192];
        int compared = 0;
        foreach (byte[] line in TestLogs.Lines("server.log"))
        {
            Assert.True(Record.TryParse(line, out Record record, out _));
            if (record.Enrichment.IsEmpty || record.TypeName.SequenceEqual("SOCKADDR"u8)
                || record.Body.IndexOf("=1003"u8) >= 0)
                continue;
            string expected = Encoding.UTF8.GetString(record.Enrichment);
            int length = enricher.Enrich(record.LineWithoutEnrichment, destination);
            string enriched = length == 0 ? "" : Encoding.UTF8.GetString(destination.AsSpan(1, length - 1));
            Assert.Equal(expected, enriched);
            compared++;
        }

        Assert.True(compared > 5000, $"only {compared} lines were compared");
    }

    // The kernel's test suite looks for uring_op=openat in what ausearch -i prints. Numbers: enum io_uring_op of linux/io_uring.h.
    [Fact]
    public void Operations_of_io_uring_get_their_names()
    {
        var enricher = new RecordEnricher(new RecordedAccounts(), TimeProvider.System);

        Assert.Equal("URING_OP=openat", Enriched(enricher, "type=URINGOP msg=audit(1.000:1): uring_op=18 success=yes"));
        Assert.Equal("URING_OP=unknown-syscall(200)", Enriched(enricher, "type=URINGOP msg=audit(1.000:1): uring_op=200 success=yes"));
        Assert.Equal("", Enriched(enricher, "type=USER msg=audit(1.000:1): uring_op=18"));
    }

    [Fact]
    public void A_record_that_is_none_is_left_alone() =>
        Assert.Equal(0, new RecordEnricher(new RecordedAccounts(), TimeProvider.System).Enrich("uid=0"u8, new byte[100]));

    [Fact]
    public void What_does_not_fit_is_left_out_whole()
    {
        byte[] destination = new byte[12];

        int length = new RecordEnricher(new RecordedAccounts(), TimeProvider.System).Enrich("type=LOGIN msg=audit(1.000:1): uid=0 auid=0"u8, destination);

        Assert.Equal("\u001dUID=\"root\"", Encoding.UTF8.GetString(destination.AsSpan(0, length)));
    }

    [Fact]
    public void A_changed_account_gets_its_new_name()
    {
        var accounts = new ChangingAccounts { Name = "before" };
        var enricher = new RecordEnricher(accounts, TimeProvider.System);
        Assert.Equal("UID=\"before\"", Enriched(enricher, "type=LOGIN msg=audit(1.000:1): uid=7"));

        accounts.Name = "after";
        Assert.Equal("UID=\"before\"", Enriched(enricher, "type=LOGIN msg=audit(1.000:2): uid=7"));
        Enriched(enricher, "type=USER_MGMT msg=audit(1.000:3): pid=1");

        Assert.Equal("UID=\"after\"", Enriched(enricher, "type=LOGIN msg=audit(1.000:4): uid=7"));
        Assert.Equal(1, accounts.Forgotten);
    }

    // What an NSS module does whose directory server is gone, and then comes back.
    [Fact]
    public void While_accounts_hang_known_names_stay_and_the_others_come_back_with_them()
    {
        var directory = new HangingAccounts();
        var deadline = new DeadlineAccounts(directory, TimeSpan.FromMilliseconds(50));
        var clock = new ManualClock(TestHost.Noon);
        var enricher = new RecordEnricher(deadline, clock);
        directory.Answers.Set();
        Assert.True(SpinWait.SpinUntil(() => Enriched(enricher, "type=LOGIN msg=audit(1.000:1): uid=7") == "UID=\"user7\"", s_limit));

        directory.Answers.Reset();
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("UID=\"unknown(8)\" GID=\"unknown(8)\"", Enriched(enricher, "type=LOGIN msg=audit(1.000:2): uid=8 gid=8"));
        long late = deadline.Late;
        Assert.True(deadline.IsHanging);
        Assert.Equal("UID=\"user7\" AUID=\"unknown(8)\"", Enriched(enricher, "type=LOGIN msg=audit(1.000:3): uid=7 auid=8"));
        Assert.Equal(late, deadline.Late);

        directory.Answers.Set();
        Assert.True(SpinWait.SpinUntil(() => !deadline.IsHanging, s_limit));
        Assert.True(SpinWait.SpinUntil(() => Enriched(enricher, "type=LOGIN msg=audit(1.000:4): uid=8 gid=8") == "UID=\"user8\" GID=\"group8\"", s_limit));
    }

    static string Enriched(RecordEnricher enricher, string line)
    {
        byte[] destination = new byte[1024];
        int length = enricher.Enrich(Encoding.ASCII.GetBytes(line), destination);
        return length == 0 ? "" : Encoding.UTF8.GetString(destination.AsSpan(1, length - 1));
    }

    sealed class ChangingAccounts : IAccounts
    {
        public string Name { get; set; } = "";

        public int Forgotten { get; private set; }

        public string? FindUserName(uint uid) => Name;

        public string? FindGroupName(uint gid) => Name;

        public bool TryFindUser(string name, out uint uid) => throw new NotSupportedException();

        public bool TryFindGroup(string name, out uint gid) => throw new NotSupportedException();

        public void Forget() => Forgotten++;
    }

    sealed class RecordedAccounts : IAccounts
    {
        public string? FindUserName(uint uid) => uid switch { 0 => "root", 1001 => "tester", 1002 => "alice", _ => null };

        public string? FindGroupName(uint gid) => gid switch { 0 => "root", 42 => "shadow", 1001 => "tester", _ => null };

        public bool TryFindUser(string name, out uint uid) => throw new NotSupportedException();

        public bool TryFindGroup(string name, out uint gid) => throw new NotSupportedException();
    }

    sealed class HangingAccounts : IAccounts
    {
        public ManualResetEventSlim Answers { get; } = new();

        public string? FindUserName(uint uid)
        {
            Answers.Wait();
            return $"user{uid}";
        }

        public string? FindGroupName(uint gid)
        {
            Answers.Wait();
            return $"group{gid}";
        }

        public bool TryFindUser(string name, out uint uid) => throw new NotSupportedException();

        public bool TryFindGroup(string name, out uint gid) => throw new NotSupportedException();
    }
}
