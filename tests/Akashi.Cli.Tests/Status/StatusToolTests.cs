using System.Text.Json;
using Akashi.Cli.Status;
using Akashi.Control;
using Akashi.Health;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Status;

/// <summary><c>akashi status</c> over a scripted kernel and a service that says what the test wants.</summary>
public sealed class StatusToolTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ToolRun _tool = new("akashi", StatusTool.Tool.Run);

    public StatusToolTests()
    {
        ((ManualClock)_tool.Host.Clock).Advance(TimeSpan.FromDays(10));
        File.WriteAllText(_folder["auditd.conf"], $"log_file = {_folder["log/audit.log"]}\n");
        _tool.Host.Kernel.Status = _tool.Host.Kernel.Status with { Pid = (uint)Environment.ProcessId, BacklogLimit = 8192 };
    }

    string SocketPath => _folder["control"];

    DateTimeOffset Now => _tool.Host.Clock.GetUtcNow();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_service_that_is_well_is_shown_at_one_look()
    {
        using ControlServer server = Serve(Healthy());
        LoadRule();

        Assert.Equal(0, Run());

        Assert.Equal(
            """
            recording since 1970-01-11 00:00:00 (0 s): auditd, process PID, as auditd 4.2.2, akashi 0.1.0

            events    now 1.5/s, 1 min 2.0/s, 1 h 2.3/s; 1,234 since the start, 5,000 records
            trail     /var/log/audit/audit.log: 34.0 MiB a day (over 1 h 0 min), 8.0 MiB in 2 segments, written 1970-01-11 00:00:00
            disk      10.0 GiB of 40.0 GiB free, lasts for 301 days
            lost      0 records dropped by the kernel
                      0 events numbered, never received
                      0 records refused by the disk
            plugins   syslog: runs, 3 of 2,000 wait (most 7), 0 dropped, started anew 1 times
            kernel    on; backlog 0 of 8,192; 0 lost by its own count
            rules     1: st 1
            watched   the user (uid) is 54321

            """.Replace("PID", $"{Environment.ProcessId}"),
            _tool.Output);
    }

    [Fact]
    public void Names_that_do_not_come_and_another_version_are_told()
    {
        using ControlServer server = Serve(Healthy() with { NamesLate = 12, NamesHang = true, Build = "0.0.9" });
        LoadRule();

        Assert.Equal(1, Run());

        Assert.Contains("  ! who gives the names of users and groups hangs: new ones are unknown(N) in the trail\n", _tool.Output);
        Assert.Contains("names     12 of users and groups did not come in time: unknown(N) in the trail\n", _tool.Output);
        Assert.Contains("akashi 0.0.9 (this is akashi 0.1.0: akashi restart)", _tool.Output);
    }

    [Fact]
    public void What_is_wrong_stands_first_and_in_the_exit_code()
    {
        using ControlServer server = Serve(Healthy() with
        {
            IsSuspended = true,
            Losses = [new LossCount(LossSource.Gap, 1200, Now, 0, 3), new LossCount(LossSource.Kernel, 9, Now.AddDays(-2))],
            UnservedKeys = ["tcp_listen_port"],
            CertificateEnd = Now.AddDays(3.5),
            Plugins = [new PluginStatus("\e[31mevil", false, 0, 0, 400, 0, 11)],
        });
        LoadRule();

        Assert.Equal(1, Run());

        Assert.StartsWith("recording, but something is wrong", _tool.Output);
        Assert.Contains("  ! writing is suspended until SIGUSR2\n  ! records were lost in the last 24 hours: 1,200 events numbered, never received\n  ! plugin ", _tool.Output);
        Assert.Contains("  ! remote not served yet: tcp_listen_port\n", _tool.Output);
        Assert.Matches("  ! the certificate that other machines are received with ends in 3 days, on 1970-01-[0-9]+\n", _tool.Output);
        Assert.Contains("9 records dropped by the kernel, last 1970-01-09 00:00:00\n", _tool.Output);
        Assert.DoesNotContain("24 hours: 9 records", _tool.Output);
        Assert.DoesNotContain('\e', _tool.Output);
    }

    [Fact]
    public void A_collector_that_reads_no_kernel_tells_of_its_hosts_and_its_certificate()
    {
        _tool.Host.Kernel.Status = _tool.Host.Kernel.Status with { Pid = 0, Enabled = 0 };
        using ControlServer server = Serve(Healthy() with { ReadsKernel = false, SilentHosts = ["web"], CertificateEnd = Now.AddDays(3.5) });

        Assert.Equal(3, Run());

        Assert.Equal(
            $"""
            not recording
              ! no process takes the kernel's records: auditd (process {Environment.ProcessId}) receives other machines' alone (local_events = no)
              ! the kernel's audit is switched off (auditctl -e 1 switches it on)
              ! hosts are silent: web (akashi hosts)
              ! the certificate that other machines are received with ends in 3 days, on 1970-01-14

            """,
            _tool.Output[..(_tool.Output.IndexOf("1970-01-1", StringComparison.Ordinal) + 11)]);

        _tool.Host.OpenFailure = new KernelRequestException("get the audit status", 1, 0, "CAP_AUDIT_CONTROL is missing");
        Assert.Equal(4, Run());
        Assert.Contains("  ! hosts are silent: web (akashi hosts)\n", _tool.Output);
    }

    [Fact]
    public void When_the_certificate_ends_is_told_though_it_is_far()
    {
        using ControlServer server = Serve(Healthy() with { CertificateEnd = Now.AddDays(300.5) });
        LoadRule();

        Assert.Equal(0, Run());

        Assert.Contains("\nremote    the certificate that other machines are received with ends in 300 days, on 1970-11-07\n", _tool.Output);
    }

    [Fact]
    public void A_kernel_that_nobody_reads_is_not_recorded()
    {
        _tool.Host.Kernel.Status = _tool.Host.Kernel.Status with { Pid = 0, Enabled = 0 };

        Assert.Equal(3, Run());

        Assert.StartsWith("not recording\n  ! no process takes the kernel's records\n  ! the kernel's audit is switched off", _tool.Output);
    }

    [Fact]
    public void An_owner_that_died_records_nothing()
    {
        _tool.Host.Kernel.Status = _tool.Host.Kernel.Status with { Pid = 5_000_000 };

        Assert.Equal(3, Run());

        Assert.Contains("process 5000000, which took the kernel's records, has died", _tool.Output);
    }

    [Fact]
    public void Anothers_auditd_is_shown_as_far_as_it_can_be_seen()
    {
        LoadRule();

        Assert.Equal(0, Run());

        Assert.Contains($"process {Environment.ProcessId}", _tool.Output);
        Assert.Contains($"trail     cannot list {_folder["log"]}: No such file or directory\n", _tool.Output);
        Assert.Contains("not ours, or without a control socket", _tool.Output);
    }

    [Fact]
    public void Without_the_right_it_says_so()
    {
        _tool.Host.OpenFailure = new KernelRequestException("get the audit status", 1, 0, "CAP_AUDIT_CONTROL is missing");

        Assert.Equal(4, Run());

        Assert.StartsWith("not known whether this machine is recorded\n  ! cannot get the audit status: CAP_AUDIT_CONTROL is missing\n", _tool.Output);
    }

    [Fact]
    public void Who_may_ask_the_service_alone_gets_the_kernels_status_and_rules_from_it()
    {
        LoadRule();
        using ControlServer server = Serve(Healthy() with { Kernel = _tool.Host.Kernel.Status });
        _tool.Host.OpenFailure = new KernelRequestException("get the audit status", 1, 0, "CAP_AUDIT_CONTROL is missing");

        Assert.Equal(0, Run());

        Assert.Contains("rules     1: st 1\n", _tool.Output);
    }

    [Fact]
    public void Json_has_the_same_for_programs()
    {
        using ControlServer server = Serve(Healthy() with { Absence = new RecordingAbsence(Now.AddMinutes(-5), Now, 17, true) });
        LoadRule();

        Assert.Equal(1, Run("--json"));

        using JsonDocument json = JsonDocument.Parse(_tool.Output);
        JsonElement root = json.RootElement;
        Assert.Equal("wrong", root.GetProperty("state").GetString());
        Assert.Equal(17, root.GetProperty("service").GetProperty("absence").GetProperty("events").GetInt64());
        Assert.Equal(1.5, root.GetProperty("service").GetProperty("rates").GetProperty("events_per_second_now").GetDouble());
        Assert.Equal(1, root.GetProperty("rules").GetProperty("keys").GetProperty("st").GetInt32());
    }

    [Fact]
    public void Colours_stand_where_they_are_wanted()
    {
        using ControlServer server = Serve(Healthy());
        LoadRule();

        Assert.Equal(0, Run("--color", "always"));

        Assert.StartsWith("\e[1;32m● recording\e[0m since ", _tool.Output);
    }

    [Fact]
    public void A_wrong_option_is_usage() => Assert.Equal(2, Run("--colour"));

    [Fact]
    public void Recorded_logins_are_told_and_a_recorder_that_was_killed_is_a_problem()
    {
        using ControlServer server = Serve(Healthy());
        LoadRule();
        var recorder = new RecorderStatus { Pid = int.MaxValue, Since = Now, Seen = Now, Live = 3, Recorded = 1200, Unrecorded = 2, WithGaps = 1 };
        File.WriteAllBytes(_folder["recorder.status"], recorder.ToBytes());

        Assert.Equal(1, Run());

        Assert.Contains("  ! akashi recorder was killed: logins aren't recorded (systemctl start akashi-recorder)\n", _tool.Output);
        Assert.Contains("logins    3 recorded now, 1,200 since 1970-01-11 00:00:00; 2 claims not recorded; 1 recordings with gaps or without an end\n", _tool.Output);

        StatusFacts facts = new StatusLook(_tool.Host, SocketPath, _folder.Path).Take();
        Assert.Equal(["akashi recorder doesn't run: logins aren't recorded (systemctl start akashi-recorder)"], StatusVerdict.Of(facts with { Recorder = null }).Problems);
        Assert.Empty(StatusVerdict.Of(facts with { Recorder = null, IsRecorderUsed = false }).Problems);
        var sender = new SenderState(7, "collector", 60, Waiting: 12, Room: 2000) { Refusal = "TLS: alert certificate revoked", Since = "2026-11-22 01:00:00" };
        Assert.Equal(
            ["collector takes no records of this machine since 2026-11-22 01:00:00 UTC: TLS: alert certificate revoked; 12 of 2000 records wait here (akashi doctor)"],
            StatusVerdict.Of(facts with { IsRecorderUsed = false, Sender = sender }).Problems);

        File.WriteAllBytes(_folder["recorder.status"], (recorder with { IsEnded = true }).ToBytes());
        Assert.Equal(0, Run());
        Assert.EndsWith("; the recorder is stopped\n", _tool.Output.Split("logins ")[^1].Split('\n')[0] + "\n");
    }

    int Run(params string[] arguments) => _tool.Run(["--socket", SocketPath, "--conf", _folder.Path, .. arguments]);

    ControlServer Serve(ServiceStatus status) => new(
        SocketPath, new LinuxHost().Process.Uid, 0,
        question => question == ControlQuestion.Status ? ServiceStatusText.Write(status) : RuleListText.Write(_tool.Host.Kernel.Rules));

    void LoadRule()
    {
        var auditctl = new ToolRun("auditctl", Akashi.Cli.Auditctl.AuditctlTool.Tool.Run);
        Assert.Equal(0, auditctl.Run("-a", "always,exit", "-F", "arch=b64", "-S", "openat", "-F", "uid=54321", "-k", "st"));
        _tool.Host.Kernel.AddRule(auditctl.Host.Kernel.Rules[0]);
    }

    ServiceStatus Healthy() => new()
    {
        Program = "auditd",
        Version = "4.2.2",
        Pid = Environment.ProcessId,
        Since = Now,
        Now = Now,
        ReadsKernel = true,
        TrailPath = "/var/log/audit/audit.log",
        Events = 1234,
        WrittenRecords = 5000,
        LastWritten = Now,
        Rates = new RecordingRates { EventsNow = 1.5, EventsMinute = 2, EventsHour = 2.25, BytesDay = 34 << 20, DaySeconds = 3600 },
        Losses = [new LossCount(LossSource.Kernel, 0), new LossCount(LossSource.Gap, 0), new LossCount(LossSource.Queue, 0), new LossCount(LossSource.Disk, 0)],
        Room = new TrailRoom { TrailBytes = 8 << 20, Segments = 2, DiskBytes = 40L << 30, FreeBytes = 10L << 30 },
        Plugins = [new PluginStatus("syslog", true, 3, 7, 2000, 0, 1)],
    };
}
