using Akashi.Configuration;
using Akashi.Control;
using Akashi.Diagnostics;
using Akashi.Health;
using Akashi.Host;

namespace Akashi.Tests.Health;

/// <summary>Each finding, from facts as literals; the defaults are a machine where all is well.</summary>
public class HealthChecksTests
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    static readonly DateTimeOffset s_noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    static readonly AuditStatus s_status = new HealthFacts().Status!.Value;

    [Fact]
    public void A_sound_machine_has_nothing_but_fine_findings()
    {
        IReadOnlyList<Finding> findings = HealthChecks.Examine(new HealthFacts());

        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Fine, finding.Severity));
        Assert.InRange(findings.Count, 10, 30);
    }

    public static TheoryData<string, FindingSeverity, HealthFacts, string, string?> Findings => new()
    {
        { "kernel", FindingSeverity.Problem, new() { Status = null, KernelRefusal = "cannot ask: Operation not permitted" }, "Operation not permitted", "sudo akashi doctor" },
        { "container", FindingSeverity.Note, new() { Container = "/.dockerenv" }, "/.dockerenv", null },
        { "switched-on", FindingSeverity.Problem, new() { Status = s_status with { Enabled = 0 } }, "switched off", "auditctl -e 1" },
        { "daemon", FindingSeverity.Problem, new() { Owner = null }, "no daemon", "systemctl start auditd" },
        { "daemon", FindingSeverity.Problem, new() { Owner = null, LoadsRulesAtBoot = false }, "no daemon", "akashi setup service" },
        { "control-socket", FindingSeverity.Warning, new() { Service = null, ServiceRefusal = "it does not answer" }, "auditd (process 300) runs, but can't be asked at /run/akashi/control: it does not answer", "systemctl restart auditd" },
        { "program", FindingSeverity.Warning, new() { Service = new ServiceStatus { Program = "auditd", Build = "0" } }, "auditd runs akashi 0, and 1 is installed", "akashi restart" },
        { "program", FindingSeverity.Warning, new() { Service = new ServiceStatus { Program = "auditd" } }, "auditd runs an akashi older than 1", "akashi restart" },
        { "program", FindingSeverity.Warning, new() { Service = new ServiceStatus { Program = "akashi start", Build = "0" } }, "akashi start runs akashi 0", "end it with Ctrl-C" },
        { "program", FindingSeverity.Warning, new() { IsProgramReplaced = true }, "its file was replaced", "akashi restart" },
        { "losses", FindingSeverity.Warning, Lost(new LossCount(LossSource.Disk, 12, s_noon.AddHours(-23))), "12 records refused by the disk", "ausearch -m DAEMON_ERR -ts yesterday" },
        { "losses", FindingSeverity.Warning, Lost() with { Service = new ServiceStatus { Absence = new RecordingAbsence(s_noon.AddHours(-2), s_noon.AddHours(-1), 0, IsCounted: false) } }, "nobody recorded for 60 minutes", "ausearch -m DAEMON_ERR" },
        { "recorder", FindingSeverity.Problem, new() { IsRecorderUsed = true }, "akashi recorder doesn't run", "systemctl start akashi-recorder" },
        { "recorder", FindingSeverity.Problem, Recorder(new() { IsEnded = true }), "doesn't run", "systemctl start" },
        { "recorder", FindingSeverity.Problem, Recorder(new()) with { IsRecorderAlive = false }, "doesn't run", "systemctl start" },
        { "recorder", FindingSeverity.Problem, Recorder(new() { Pid = 7 }) with { Now = s_noon.AddSeconds(61) }, "(process 7) hangs: nothing was heard of it for 61 s", "systemctl restart" },
        { "recorder", FindingSeverity.Problem, Recorder(new() { Fault = "the disk has 3 MiB free" }), "nothing can be recorded: the disk has 3 MiB free", "keep_days" },
        { "recorder", FindingSeverity.Warning, Recorder(new() { TerminalFault = "CAP_AUDIT_CONTROL is missing" }), "may log what is typed", "CAP_AUDIT_CONTROL" },
        { "recorder", FindingSeverity.Warning, Recorder(new() { ConfigurationFaults = 1 }), "1 line of recorder.conf", "akashi recorder --check" },
        { "recorder", FindingSeverity.Warning, Recorder(new() { Unrecorded = 3 }), "3 claims weren't recorded since 2026-11-21 12:00", "ausearch" },
        { "recorder", FindingSeverity.Warning, Recorder(new() { Unrecorded = 3 }) with { UnrecordedLogins = 2 }, "2 logins at a terminal in the last day have no recording", "akashi recordings --unrecorded --since 1d" },
        { "login-environment", FindingSeverity.Warning, Recorder(new()) with { LoginEnvironmentHole = "PermitUserEnvironment yes" }, "LD_PRELOAD or BASH_ENV (PermitUserEnvironment yes)", "PermitUserEnvironment no" },
        { "recorder", FindingSeverity.Warning, Recorder(new() { WithGaps = 2, MissingBytes = 999 }), "2 recordings have gaps, 999 bytes", "journalctl" },
        { "recorder", FindingSeverity.Note, Recorder(new() { Unsaid = 5 }), "5 records of the recorder wait", "journalctl" },
        { "recorder", FindingSeverity.Note, Recorder(new() { Unsaid = 5 }) with { Status = s_status with { Enabled = 0 } }, "5 records of the recorder wait", "auditctl -e 1, or akashi setup service" },
        { "two-daemons", FindingSeverity.Warning, new() { Daemons = [300, 400] }, "(300, 400)", "kill 400 leaves the kernel's owner, 300; ps -o pid,ppid,lstart,cmd -p 300,400 shows both first" },
        { "two-daemons", FindingSeverity.Warning, new() { Daemons = [500, 400] }, "(500, 400)", "ps -o pid,ppid,lstart,cmd -p 500,400 shows them; systemctl restart auditd" },
        { "rules", FindingSeverity.Warning, new() { RulesHeld = 0 }, "no rules are loaded", "akashi setup commands" },
        { "rules", FindingSeverity.Warning, new() { RulesMissing = 2 }, "2 rules of /etc/audit/rules.d are not loaded", "akashi rules load" },
        { "rules", FindingSeverity.Note, new() { RulesUnwritten = 1 }, "1 rule of the kernel stands in no file", "akashi rules diff" },
        { "rule-files", FindingSeverity.Problem, new() { RuleFaults = [new Diagnostic(1, Severity.Error, "unknown syscall 'opne'") { File = "a.rules", Line = 3 }] }, "a.rules:3: unknown syscall", "akashi rules check" },
        { "rule-files", FindingSeverity.Warning, new() { IsMerged = false }, "not what augenrules makes", "augenrules --load" },
        { "rule-files", FindingSeverity.Note, new() { IsMerged = null }, "no /etc/audit/rules.d", "akashi setup service" },
        { "boot", FindingSeverity.Warning, new() { LoadsRulesAtBoot = false }, "nothing loads the rules", "akashi setup service" },
        { "immutable", FindingSeverity.Note, new() { Status = s_status with { Enabled = 2 } }, "rules are locked (-e 2) until the next boot", null },
        { "immutable", FindingSeverity.Note, new() { Features = new AuditFeatures(3, AuditFeatures.LoginuidImmutable, 0) }, "login users are locked", null },
        { "lost", FindingSeverity.Warning, new() { Status = s_status with { Lost = 7 } }, "dropped 7 records", "auditctl -b 16384" },
        { "lost", FindingSeverity.Warning, new() { Status = s_status with { Lost = 1, RateLimit = 100 } }, "dropped 1 record since", "auditctl -r 0" },
        { "backlog", FindingSeverity.Warning, new() { Status = s_status with { BacklogLimit = 64 } }, "at most 64 records", "auditctl -b 8192; echo '-b 8192' >>/etc/audit/rules.d/10-base.rules keeps it" },
        { "backlog", FindingSeverity.Warning, new() { Status = s_status with { BacklogLimit = 64 }, BacklogInFiles = 8192 }, "at most 64 records", "akashi rules load: the rule files have -b 8192" },
        { "backlog", FindingSeverity.Warning, new() { Status = s_status with { BacklogLimit = 64 }, BacklogInFiles = 320 }, "at most 64 records", "in place of -b 320" },
        { "backlog", FindingSeverity.Warning, new() { Status = s_status with { BacklogLimit = 64 }, IsMerged = null }, "at most 64 records", "akashi setup service" },
        { "backlog", FindingSeverity.Warning, new() { Status = s_status with { Backlog = 5000 } }, "5000 of 8192 records wait", "akashi rules check" },
        { "failure-mode", FindingSeverity.Warning, new() { Status = s_status with { Failure = 0 } }, "-f 0", "auditctl -f 1" },
        { "failure-mode", FindingSeverity.Note, new() { Status = s_status with { Failure = 2 } }, "-f 2", "auditctl -f 1" },
        { "boot-line", FindingSeverity.Warning, new() { BootLine = "quiet" }, "without audit=1", "GRUB_CMDLINE_LINUX" },
        { "boot-line", FindingSeverity.Problem, new() { BootLine = "audit=1 audit=0" }, "audit=0", "GRUB_CMDLINE_LINUX" },
        { "boot-line", FindingSeverity.Note, new() { BootLine = "quiet audit=1" }, "without audit_backlog_limit", "audit_backlog_limit=8192" },
        { "settings", FindingSeverity.Problem, new() { Configuration = null, ConfigurationFaults = [new Diagnostic(1, Severity.Error, "unknown keyword 'x'")] }, "unknown keyword 'x'", "auditd -n" },
        { "settings", FindingSeverity.Problem, new() { Configuration = null, ConfigurationFaults = [new Diagnostic(40, Severity.Error, "cannot read /etc/audit/auditd.conf: no such file")] }, "there is no auditd.conf", "akashi setup service" },
        { "settings", FindingSeverity.Problem, new() { Configuration = new() { WritesLogs = false } }, "write_logs = no", "write_logs = yes" },
        { "settings", FindingSeverity.Warning, new() { Configuration = new() { HasLocalEvents = false } }, "local_events = no", "local_events = yes" },
        { "permissions", FindingSeverity.Problem, File("/etc/audit/rules.d/a.rules", uid: 1000, OwnerOnly), "belongs to user 1000", "chown root /etc/audit/rules.d/a.rules" },
        { "permissions", FindingSeverity.Problem, File("/etc/audit", uid: 0, OwnerOnly | UnixFileMode.GroupWrite), "can be written by others", "chmod go-w /etc/audit" },
        { "permissions", FindingSeverity.Warning, File("/var/log/audit", uid: 0, OwnerOnly | UnixFileMode.OtherRead), "read by everybody", "chmod o-rwx /var/log/audit" },
        { "space", FindingSeverity.Problem, Space(freeMegabytes: 40, rotates: true, 5), "40 MiB are free for the trail, under admin_space_left (50 MiB)", "kill -USR2" },
        { "space", FindingSeverity.Warning, Space(freeMegabytes: 70, rotates: true, 5), "under space_left (75 MiB)", "lower num_logs" },
        { "space", FindingSeverity.Warning, Space(freeMegabytes: 500, rotates: true, 99), "num_logs x max_log_file is 990 MiB, and 500 MiB are free", "lower num_logs" },
        { "space", FindingSeverity.Warning, Space(freeMegabytes: 175, rotates: false, 5) with { TrailBytes = 100 << 20, TrailDays = 2 }, "at 50.0 MiB a day the disk lasts 2.0 days", "max_log_file_action = rotate" },
        { "partition", FindingSeverity.Note, new() { IsOnRootFileSystem = true }, "file system of /", "/var/log/audit" },
        { "remote", FindingSeverity.Warning, new() { Configuration = new() { ListenPort = 60, Transport = RemoteTransport.Krb5 } }, "remote not served yet", "transport" },
        { "certificate", FindingSeverity.Warning, Authority(89.5, 89.5), "/etc/audit/tls/ca.pem ends in 89 days", "akashi setup remote --renew-authority" },
        { "certificate", FindingSeverity.Problem, Authority(-1, -1), "/etc/audit/tls/ca.pem has ended", "akashi setup remote --renew-authority" },
        { "certificate", FindingSeverity.Warning, Authority(95, 20), "/etc/audit/tls/collector.pem ends in 20 days", "akashi setup remote --receive --make-certificates" },
        { "sending", FindingSeverity.Problem, Sending("TLS with hub port 60: the other side refuses this one: sslv3 alert certificate revoked"), "hub takes no records of this machine since 2026-11-22 01:00:00 UTC: TLS with hub port 60: the other side refuses this one: sslv3 alert certificate revoked; 7 of 10 records wait here", "on hub: akashi setup remote --issue NAME; here: akashi setup remote --to hub --certificates FILE" },
        { "sending", FindingSeverity.Problem, Sending("connection to hub closed unexpectedly: the other side takes TLS alone (transport = tls)"), "takes TLS alone", "--certificates FILE" },
        { "sending", FindingSeverity.Problem, Sending("cannot connect to hub port 61: Connection refused", 61), "Connection refused", "on hub: akashi setup remote --receive --port 61" },
        { "sending", FindingSeverity.Problem, Sending("TLS with hub port 60: the other side's certificate is refused: unable to get local issuer certificate"), "unable to get", "on hub: akashi setup remote --issue NAME; here: akashi setup remote --to hub --certificates FILE" },
        { "sending", FindingSeverity.Problem, Sending("TLS with hub port 60: the other side's certificate is refused: certificate has expired"), "has expired", "on hub: akashi setup remote --receive --make-certificates" },
        { "sending", FindingSeverity.Problem, Sending("TLS with hub port 60: the other side's certificate is refused: it is for db, not for hub"), "it is for db", "--make-certificates --name hub" },
        { "sending", FindingSeverity.Problem, Sending("cannot find hub: the name is not known"), "not known", "is hub spelled right?" },
        { "sending", FindingSeverity.Problem, Sending("cannot find hub: temporary failure in name resolution: no name server answers"), "temporary failure", "getent hosts hub asks again" },
        { "sending", FindingSeverity.Problem, Sending("remote server's disk is full"), "disk is full", "on hub: akashi status" },
        { "sending", FindingSeverity.Problem, new() { Sender = new SenderState(9, "hub", 60, 10, 10) { IsSuspended = true } }, "audisp-remote (process 9) is suspended: nothing goes to hub; 10 of 10 records wait here", "kill -USR2 9" },
        { "refused-clients", FindingSeverity.Warning, new() { RefusedClients = [new("10.0.0.8", "dup", 2), new("10.0.0.7", "tls-revoked", 31)] }, "refused in the last day, and not let in since: 10.0.0.7 31 times (tls-revoked), 10.0.0.8 2 times (dup)", "where 10.0.0.7 is a sender of yours: akashi setup remote --issue NAME here" },
        { "refused-clients", FindingSeverity.Warning, new() { RefusedClients = [new("10.0.0.8", "dup", 1)] }, "10.0.0.8 once (dup)", "tcp_max_per_addr = 2" },
        { "refused-clients", FindingSeverity.Warning, new() { RefusedClients = [new("10.0.0.8", "magic", 3)] }, "(magic)", "ausearch -m DAEMON_ERR,DAEMON_ACCEPT -ts yesterday" },
        { "hosts", FindingSeverity.Warning, new() { Service = new ServiceStatus { SilentHosts = ["a", "b", "c", "d", "e", "f", "g"] } }, "silent for longer than node_silent_after: a, b, c, d, e and 2 more", "akashi hosts" },
        { "certificate", FindingSeverity.Problem, new() { CertificateRefusals = ["cannot read a certificate of /c: no start line"] }, "cannot read a certificate of /c", "docs/remote.md" },
        { "certificate", FindingSeverity.Problem, Certificate(0), "/c has ended on 1970-01-01", "renew /c, then systemctl reload auditd" },
        { "certificate", FindingSeverity.Warning, Certificate(29.5), "/c ends in 29 days, on 1970-01-30", "renew /c, then systemctl reload auditd" },
        { "journal", FindingSeverity.Note, new() { JournalTakesRecords = true }, "journald takes every record too", "systemctl mask --now systemd-journald-audit.socket" },
        { "journal-switch", FindingSeverity.Warning, new() { JournalSwitchesOff = true }, "switches the kernel's audit off", "mkdir -p /etc/systemd/journald.conf.d && printf '[Journal]\\nAudit=\\n' >/etc/systemd/journald.conf.d/zz-akashi.conf" },
        { "login-user", FindingSeverity.Problem, Pam(("sshd", "session include system\n"), ("system", "session required pam_unix.so\n")), "no login user for sshd", "/etc/pam.d/sshd: session required pam_loginuid.so" },
        { "unattributed", FindingSeverity.Warning, new() { TerminalsWithoutLogin = ["bash [12]"] }, "1 program has a terminal and no login user: bash [12]", "sshd or login" },
        { "passwords", FindingSeverity.Problem, Pam(("login", "session required pam_tty_audit.so enable=root log_passwd\n")), "log_passwd in /etc/pam.d/login", "log_passwd" },
        { "script", FindingSeverity.Warning, Pam(("login", "session required pam_tty_audit.so enable=root\n")) with { ScriptStarters = ["/etc/profile.d/log.sh"] }, "/etc/profile.d/log.sh starts script(1)", "akashi setup commands --undo" },
        { "clock", FindingSeverity.Warning, new() { IsClockSynchronized = false }, "not synchronized", "timedatectl set-ntp true" },
        { "setup", FindingSeverity.Warning, new() { InterruptedSetups = ["commands"] }, "akashi setup commands was interrupted", "akashi setup commands --undo" },
    };

    [Fact]
    public void A_recorder_that_is_well_is_fine_and_one_that_nobody_uses_is_no_matter()
    {
        Finding finding = Assert.Single(HealthChecks.Examine(Recorder(new() { Live = 2, Recorded = 9, FreeBytes = 5L << 30 })), finding => finding.Name == "recorder");
        Assert.Equal((FindingSeverity.Fine, "2 sessions are recorded now, 9 were since 2026-11-21 12:00 UTC; 5120 MiB are free for more"), (finding.Severity, finding.What));
        Assert.DoesNotContain(HealthChecks.Examine(new HealthFacts()), finding => finding.Name == "recorder");
    }

    [Theory]
    [MemberData(nameof(Findings))]
    public void A_fact_becomes_its_finding(string name, FindingSeverity severity, HealthFacts facts, string what, string? mend)
    {
        Finding finding = Assert.Single(HealthChecks.Examine(facts), finding => finding.Name == name);

        Assert.Equal(severity, finding.Severity);
        Assert.Contains(what, finding.What);
        Assert.NotEmpty(finding.Why);
        if (mend is null)
            Assert.Null(finding.Mend);
        else
            Assert.Contains(mend, finding.Mend);
    }

    [Fact]
    public void Every_check_has_a_name_of_its_own_and_a_test()
    {
        string[] tested = [.. Findings.Select(row => row.Data.Item1).Distinct()];

        Assert.Equal(HealthChecks.All.Count, tested.Length);
    }

    [Fact]
    public void What_is_well_is_not_found()
    {
        HealthFacts facts = Pam(
            ("sshd", "session include system\n"), ("system", "session required pam_loginuid.so\n"),
            ("login", "session required pam_loginuid.so\n# session required pam_tty_audit.so log_passwd\nsession optional pam_tty_audit.so enable=a\n"));

        Assert.All(HealthChecks.Examine(facts with { BootLine = "audit=0 audit=1 audit_backlog_limit=8192" }), finding => Assert.Equal(FindingSeverity.Fine, finding.Severity));
        Assert.DoesNotContain(HealthChecks.Examine(Space(freeMegabytes: 400, rotates: true, 30)), finding => finding.Severity != FindingSeverity.Fine);
    }

    [Fact]
    public void A_sender_whose_records_are_taken_is_fine()
    {
        HealthFacts facts = new() { Sender = new SenderState(9, "hub", 60, 0, 10) };

        Assert.Equal(Finding.Fine("sending", "records go to hub"), Assert.Single(HealthChecks.Examine(facts), finding => finding.Name == "sending"));
    }

    [Fact]
    public void What_was_lost_longer_ago_than_a_day_and_what_came_back_is_no_news()
    {
        HealthFacts facts = Lost(
            new LossCount(LossSource.Disk, 12, s_noon.AddHours(-25)), new LossCount(LossSource.Gap, 0, s_noon, TakenBack: 3), new LossCount(LossSource.Kernel, 0));

        Assert.All(HealthChecks.Examine(facts), finding => Assert.Equal(FindingSeverity.Fine, finding.Severity));
    }

    [Fact]
    public void Of_another_makers_daemon_the_ledger_and_the_program_are_not_asked() =>
        Assert.DoesNotContain(HealthChecks.Examine(new HealthFacts { Service = null }), finding => finding.Name is "losses" or "program" or "control-socket");

    static HealthFacts Lost(params LossCount[] losses) => new() { Now = s_noon, Service = new ServiceStatus { Build = "1", Losses = losses } };

    static HealthFacts File(string path, uint uid, UnixFileMode mode) =>
        new() { Files = [(path, new FileStatus(FileKind.Regular, false, uid, 0, mode, 1, 1))] };

    static HealthFacts Pam(params (string Name, string Text)[] files) => new() { PamFiles = files.ToDictionary(file => file.Name, file => file.Text) };

    static HealthFacts Sending(string refusal, int port = 60) =>
        new() { Sender = new SenderState(9, "hub", port, 7, 10) { Refusal = refusal, Since = "2026-11-22 01:00:00" } };

    static HealthFacts Authority(double authorityDays, double receiverDays) => new()
    {
        Certificates = [("/etc/audit/tls/ca.pem", DateTimeOffset.UnixEpoch.AddDays(authorityDays)), ("/etc/audit/tls/collector.pem", DateTimeOffset.UnixEpoch.AddDays(receiverDays))],
    };

    static HealthFacts Certificate(double days) => new() { Certificates = [("/c", DateTimeOffset.UnixEpoch.AddDays(days)), ("/d", DateTimeOffset.UnixEpoch.AddDays(99))] };

    static HealthFacts Space(long freeMegabytes, bool rotates, int segments) => new()
    {
        Space = new FileSystemSpace(1000L << 20, freeMegabytes << 20, 0),
        Configuration = new AuditdConfiguration
        {
            SpaceLeft = new SpaceLimit(75, false),
            AdminSpaceLeft = new SpaceLimit(50, false),
            SizeAction = new LogAction(rotates ? LogActionKind.Rotate : LogActionKind.KeepLogs),
            SegmentsMax = segments,
            SegmentMegabytesMax = 10,
        },
    };

    static HealthFacts Recorder(RecorderStatus status) => new()
    {
        IsRecorderUsed = true,
        IsRecorderAlive = true,
        Recorder = status with { Since = s_noon, Seen = s_noon },
        Now = s_noon,
    };
}
