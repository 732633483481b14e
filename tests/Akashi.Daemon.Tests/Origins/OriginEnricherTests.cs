using System.Globalization;
using System.Text;
using Akashi.Daemon.Origins;
using Akashi.Host;
using Akashi.Testing;
using Record = Akashi.Records.Record;

namespace Akashi.Daemon.Tests.Origins;

public class OriginEnricherTests
{
    const int Booted = 1_000_000;

    static readonly string s_id = new('a', 64);

    readonly ListedProcesses _processes = new();
    readonly ManualClock _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(Booted));

    [Fact]
    public void The_parents_command_and_the_unit_stand_behind_what_auditd_writes()
    {
        _processes.Start(10, 1000, "bash");
        _processes.Start(11, 2000, "ls", $"0::/system.slice/docker-{s_id}.scope\n");
        using OriginEnricher origins = Make();
        At(5000);

        Assert.Equal($"UID=\"root\" PARENT_COMM=\"bash\" CONTAINER=\"docker:{s_id}\"", WithUsers(origins, Line(4990, pid: 11, ppid: 10, "uid=0")));
        Assert.Equal("UID=\"root\"", WithUsers(origins, Line(4990, pid: 11, ppid: 10, "uid=0").Replace("SYSCALL", "PATH", StringComparison.Ordinal)));
    }

    [Fact]
    public void Off_is_no_enricher_at_all()
    {
        var host = new Machine(_clock, _processes);

        Assert.Null(OriginEnricher.For(host, tellsParent: false, tellsUnit: false));
        Assert.Null(OriginEnricher.For(new TestHost(), tellsParent: true, tellsUnit: true));
    }

    [Fact]
    public void Only_what_is_asked_for_is_told()
    {
        _processes.Start(10, 1000, "bash");
        _processes.Start(11, 2000, "ls");
        At(5000);
        using OriginEnricher parent = OriginEnricher.For(new Machine(_clock, _processes), tellsParent: true, tellsUnit: false)!;
        using OriginEnricher unit = OriginEnricher.For(new Machine(_clock, _processes), tellsParent: false, tellsUnit: true)!;

        Assert.Equal("PARENT_COMM=\"bash\"", Enriched(parent, Line(4990, 11, 10)));
        Assert.Equal("UNIT=\"cron.service\"", Enriched(unit, Line(4990, 11, 10)));
    }

    [Fact]
    public void A_command_that_quotes_cannot_hold_is_in_hex()
    {
        _processes.Start(10, 1000, "a \"b UNIT=x");
        using OriginEnricher origins = Make();
        At(5000);

        Assert.Equal("PARENT_COMM=6120226220554E49543D78", Enriched(origins, Line(4990, pid: 99, ppid: 10)).Split(" UNIT")[0]);
    }

    [Fact]
    public void A_number_that_another_got_after_the_event_tells_nothing()
    {
        _processes.Start(10, 5000, "young");
        using OriginEnricher origins = Make();
        At(6000);

        Assert.Equal("", Enriched(origins, Line(4900, pid: 10, ppid: 10)));
        Assert.StartsWith("PARENT_COMM=\"young\" UNIT=", Enriched(origins, Line(5990, pid: 10, ppid: 10)));
    }

    [Fact]
    public void A_number_that_is_given_out_again_is_never_taken_for_the_old_process()
    {
        _processes.Start(10, 1000, "old", "0::/system.slice/old.service\n");
        using OriginEnricher origins = Make();
        At(5000);
        Assert.Equal("PARENT_COMM=\"old\" UNIT=\"old.service\"", Enriched(origins, Line(5000, pid: 10, ppid: 10)));

        _processes.End(10);
        _processes.Start(10, 7000, "new", "0::/system.slice/new.service\n");
        At(8000);

        Assert.Equal("", Enriched(origins, Line(6000, pid: 10, ppid: 10)));
        Assert.Equal("PARENT_COMM=\"new\" UNIT=\"new.service\"", Enriched(origins, Line(8000, pid: 10, ppid: 10)));
    }

    [Fact]
    public void Of_a_process_that_is_gone_only_what_was_seen_later_than_the_event_is_told()
    {
        _processes.Start(10, 1000, "bash");
        using OriginEnricher origins = Make();
        At(5000);
        Enriched(origins, Line(5000, pid: 10, ppid: 10));
        _processes.End(10);
        At(5050);

        Assert.Equal("PARENT_COMM=\"bash\" UNIT=\"cron.service\"", Enriched(origins, Line(4950, pid: 10, ppid: 10)));
        Assert.Equal("", Enriched(origins, Line(5010, pid: 10, ppid: 10)));
    }

    [Fact]
    public void What_is_read_long_after_the_event_is_late()
    {
        _processes.Start(10, 1000, "bash");
        using OriginEnricher origins = Make();
        At(5000);

        Assert.Equal("PARENT_COMM=\"bash\" UNIT=\"cron.service\" LATE=parent_comm,unit", Enriched(origins, Line(4000, pid: 10, ppid: 10)));
        At(9000);
        Assert.Equal("PARENT_COMM=\"bash\" UNIT=\"cron.service\"", Enriched(origins, Line(6000, pid: 10, ppid: 10)));
    }

    [Fact]
    public void What_has_changed_since_the_last_look_is_late_and_then_sure()
    {
        ListedProcesses.Process shell = _processes.Start(10, 1000, "sh");
        using OriginEnricher origins = Make();
        At(5000);
        Enriched(origins, Line(5000, pid: 10, ppid: 10));
        shell.Command = "python3";
        At(6000);

        Assert.Equal("PARENT_COMM=\"python3\" UNIT=\"cron.service\" LATE=parent_comm", Enriched(origins, Line(5990, pid: 10, ppid: 10)));
        At(6010);
        Assert.Equal("PARENT_COMM=\"python3\" UNIT=\"cron.service\"", Enriched(origins, Line(6005, pid: 10, ppid: 10)));
    }

    [Fact]
    public void A_process_that_is_gone_inherits_the_unit_of_its_parent_late()
    {
        _processes.Start(10, 1000, "bash", "0::/user.slice/user-0.slice/session-3.scope\n");
        using OriginEnricher origins = Make();
        At(5000);

        Assert.Equal("PARENT_COMM=\"bash\" UNIT=\"session-3.scope\" LATE=unit", Enriched(origins, Line(5000, pid: 11, ppid: 10)));
    }

    [Fact]
    public void Nobody_is_known_without_numbers()
    {
        using OriginEnricher origins = Make();
        At(5000);

        Assert.Equal("", Enriched(origins, "type=SYSCALL msg=audit(1.000:1): pid=x ppid="));
        Assert.Equal("", Enriched(origins, "type=SYSCALL msg=audit(1.000:1): pid=0 ppid=-5"));
        Assert.Equal("", Enriched(origins, "type=SYSCALL msg=audit(1.000:1): pid=99999999999999 ppid=1 2"));
    }

    [Fact]
    public void Of_ten_thousand_processes_128_are_kept_open_and_the_parent_of_all_stays()
    {
        _processes.Start(1, 0, "systemd");
        using OriginEnricher origins = Make();
        At(5000);
        for (int pid = 100; pid < 10_100; pid++)
        {
            _processes.Start(pid, 1000, "x");
            Assert.Equal("PARENT_COMM=\"systemd\" UNIT=\"cron.service\"", Enriched(origins, Line(5000, pid, ppid: 1)));
        }

        Assert.InRange(_processes.OpenCount, 128, 128 * 3);
        origins.Dispose();
        Assert.Equal(0, _processes.OpenCount);
    }

    [Fact]
    public void Records_of_known_processes_allocate_nothing()
    {
        _processes.Start(10, 1000, "bash");
        _processes.Start(11, 1000, "ls");
        using OriginEnricher origins = Make();
        At(5000);
        byte[] line = Encoding.ASCII.GetBytes(Line(5000, pid: 11, ppid: 10));
        byte[] destination = new byte[1024];
        var enricher = new RecordEnricher(new TestHost().Accounts, _clock, origins);
        for (int count = 0; count < 10_000; count++)
            enricher.Enrich(line, destination);

        Allocation.IsZero(() =>
        {
            for (int count = 0; count < 100_000; count++)
                enricher.Enrich(line, destination);
        });
    }

    OriginEnricher Make() => OriginEnricher.For(new Machine(_clock, _processes), tellsParent: true, tellsUnit: true)!;

    void At(long milliseconds) => _clock.Advance(DateTimeOffset.FromUnixTimeMilliseconds(Booted + milliseconds) - _clock.GetUtcNow());

    static string Line(long milliseconds, int pid, int ppid, string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"type=SYSCALL msg=audit({(Booted + milliseconds) / 1000}.{(Booted + milliseconds) % 1000:000}:7): items=1 ppid={ppid} pid={pid} {more}");

    string WithUsers(OriginEnricher origins, string line)
    {
        byte[] destination = new byte[1024];
        int length = new RecordEnricher(new TestHost().Accounts, _clock, origins).Enrich(Encoding.ASCII.GetBytes(line), destination);
        return length == 0 ? "" : Encoding.UTF8.GetString(destination.AsSpan(1, length - 1));
    }

    static string Enriched(OriginEnricher origins, string line)
    {
        Assert.True(Record.TryParse(Encoding.ASCII.GetBytes(line), out Record record, out _));
        Span<byte> destination = new byte[1024];
        var fields = new EnrichedFields(destination);
        origins.Enrich(record, ref fields);
        return fields.Length == 0 ? "" : Encoding.UTF8.GetString(destination[1..fields.Length]);
    }

    sealed class Machine(TimeProvider clock, IProcessFiles processes) : IHost
    {
        readonly TestHost _inner = new();

        public IAccounts Accounts => _inner.Accounts;
        public ILocalTime LocalTime => _inner.LocalTime;
        public TimeProvider Clock => clock;
        public IFiles Files => _inner.Files;
        public string Name => _inner.Name;
        string IHost.Machine => _inner.Machine;
        public string KernelRelease => _inner.KernelRelease;
        public DateTimeOffset BootTime => DateTimeOffset.FromUnixTimeMilliseconds(Booted);
        public ProcessIdentity Process => _inner.Process;
        public IProcessFiles? ProcessFiles => processes;
        public string DescribeError(int errno) => _inner.DescribeError(errno);
        public string? SendSignal(int pid, Signal signal, TimeSpan endTimeout) => _inner.SendSignal(pid, signal, endTimeout);
        public void Log(string program, string text) { }
        public IAuditKernel OpenAuditKernel() => _inner.OpenAuditKernel();
        public IKernelEvents TakeAuditEvents() => _inner.TakeAuditEvents();
        public IKernelEvents JoinAuditMulticast() => _inner.JoinAuditMulticast();
    }
}
