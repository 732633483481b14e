using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.KernelState;
using Akashi.Daemon.State;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.State;

/// <summary>What a start says of the time before it: a daemon without the kernel, a trail and a mark as they may be found.</summary>
public sealed class AbsenceTests : IDisposable
{
    const string Crashed = "type=DAEMON_START msg=audit(1795200000.000:1): op=start\ntype=SYSCALL msg=audit(1795200100.250:77): a=1\ntype=PATH msg=audit(1795200100.2";
    const string Ended = "type=DAEMON_START msg=audit(1795200000.000:1): op=start\ntype=SYSCALL msg=audit(1795200100.250:77): a=1\ntype=DAEMON_END msg=audit(1795200101.000:2): op=terminate\n";

    static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_795_300_000);

    readonly TemporaryFolder _folder = new();
    readonly List<string> _said = [];

    string LogPath => _folder["audit.log"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void After_a_boot_the_trail_alone_tells_since_when_nobody_recorded()
    {
        File.WriteAllText(LogPath, Crashed);

        RecordingAbsence? absence = Start(bootedHoursAgo: 1);

        Assert.Equal(new RecordingAbsence(DateTimeOffset.FromUnixTimeMilliseconds(1_795_200_100_250), s_now, 0, IsCounted: false), absence);
        Assert.Contains(" op=loss source=absence since=1795200100.250 until=1795300000.000 count=unknown res=failed\n", File.ReadAllText(LogPath));
        Assert.Contains("the machine went down while the service before this one recorded: what it had not brought to the disk is missing", _said);
    }

    [Fact]
    public void A_mark_of_another_boot_says_no_less()
    {
        File.WriteAllText(LogPath, Crashed);
        new RecordingMarkFile(new LinuxHost().Files, _folder.Path).Write(
            new RecordingMark(new ProcessMark(1, 1), "another", s_now.AddHours(-20), 70, IsEnded: false, []));

        RecordingAbsence? absence = Start(bootedHoursAgo: 1);

        Assert.Equal(s_now.AddHours(-20), absence!.Value.From);
        Assert.False(absence.Value.IsCounted);
    }

    [Fact]
    public void A_trail_whose_service_said_its_end_tells_of_none()
    {
        File.WriteAllText(LogPath, Ended);

        Assert.Null(Start(bootedHoursAgo: 1));
        Assert.DoesNotContain("op=loss", File.ReadAllText(LogPath));
    }

    [Fact]
    public void A_trail_that_reaches_into_this_boot_tells_of_none()
    {
        File.WriteAllText(LogPath, Crashed);

        Assert.Null(Start(bootedHoursAgo: 24 * 30));
    }

    [Fact]
    public void Neither_does_the_first_start_of_all() => Assert.Null(Start(bootedHoursAgo: 1));

    [Fact]
    public void A_clock_that_began_again_in_the_past_hides_nothing()
    {
        File.WriteAllText(LogPath, Crashed.Replace("17952", "19952", StringComparison.Ordinal));

        Assert.Equal(new RecordingAbsence(s_now, s_now, 0, IsCounted: false), Start(bootedHoursAgo: 1));
    }

    [Theory]
    [InlineData("", null, false)]
    [InlineData("no record\n", null, false)]
    [InlineData(Crashed, 1_795_200_100_250, false)]
    [InlineData(Ended, 1_795_200_101_000, true)]
    [InlineData(Ended + "type=DAEMON_START msg=audit(1795200102.000:3): op=start\n", 1_795_200_102_000, false)]
    [InlineData(Ended + "type=USER msg=audit(1795200101.500:80): late\n", 1_795_200_101_500, true)]
    [InlineData("type=DAEMON_ABORT msg=audit(1795200102.000:3): op=set-pid\n", 1_795_200_102_000, true)]
    [InlineData("type=PATH msg=audit(1795200102.000:3): a\ntype=SYSCALL msg=audit(1795200101.000:2): a\n", 1_795_200_102_000, false)]
    public void A_trail_ends_in_order_or_not(string text, long? milliseconds, bool isOrderly)
    {
        TrailEnd? end = TrailEnd.FindIn(System.Text.Encoding.ASCII.GetBytes(text));

        Assert.Equal(milliseconds, end?.UnixMilliseconds);
        Assert.Equal(isOrderly, end?.IsOrderly ?? false);
    }

    [Fact]
    public void An_empty_segment_is_passed_over()
    {
        File.WriteAllText(LogPath, "");
        File.WriteAllText(LogPath + ".1", Crashed);

        Assert.Equal(1_795_200_100_250, TrailEnd.Find(new LinuxHost().Files, LogPath)?.UnixMilliseconds);
        Assert.Null(TrailEnd.Find(new LinuxHost().Files, _folder["none"]));
    }

    [Fact]
    public void Damaged_tails_never_throw() => Seeded.Repeat(500, random =>
        TrailEnd.FindIn(Mutations.Damage(System.Text.Encoding.ASCII.GetBytes(Ended), random)));

    RecordingAbsence? Start(int bootedHoursAgo)
    {
        var configuration = new AuditdConfiguration { LogFile = LogPath, HasLocalEvents = false };
        var surroundings = new DaemonSurroundings { Say = _said.Add, Place = new ServicePlace("auditd", _folder.Path, new AkashiConfiguration(), "1") };
        using var daemon = new DaemonLoop(new BootedHost(s_now.AddHours(-bootedHoursAgo)), configuration, [], surroundings);
        daemon.Begin("4.2.2", EnableState.NoChange);
        RecordingAbsence? absence = daemon.Describe().Absence;
        daemon.End(null);
        return absence;
    }

    // This machine, but for its kernel, its clock, and when it was booted.
    sealed class BootedHost(DateTimeOffset booted) : IHost
    {
        readonly LinuxHost _inner = new();

        public IAccounts Accounts => _inner.Accounts;
        public ILocalTime LocalTime => _inner.LocalTime;
        public TimeProvider Clock { get; } = new ManualClock(s_now);
        public IFiles Files => _inner.Files;
        public string Name => _inner.Name;
        public string Machine => _inner.Machine;
        public string KernelRelease => _inner.KernelRelease;
        public DateTimeOffset BootTime => booted;
        public ProcessIdentity Process => _inner.Process;
        public string DescribeError(int errno) => _inner.DescribeError(errno);
        public string? SendSignal(int pid, Signal signal, TimeSpan endTimeout) => throw new NotSupportedException();
        public void Log(string program, string text) => throw new NotSupportedException();
        public IAuditKernel OpenAuditKernel() => throw new KernelRequestException("ask", 1, 0, "a test has none");
        public IKernelEvents TakeAuditEvents() => throw new NotSupportedException();
        public IKernelEvents JoinAuditMulticast() => throw new NotSupportedException();
    }
}
