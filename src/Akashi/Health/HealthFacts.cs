using Akashi.Configuration;
using Akashi.Control;
using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Health;

/// <summary>What is known of an installation; each fact is a literal in tests.</summary>
/// <remarks>The defaults are those of a machine where all is well.</remarks>
public sealed record HealthFacts
{
    /// <summary>The kernel's state; null where it can't be asked.</summary>
    public AuditStatus? Status { get; init; } = new AuditStatus(
        Enabled: 1, Failure: 1, Pid: 300, RateLimit: 0, BacklogLimit: 8192, Lost: 0, Backlog: 0, FeatureBitmap: 0x7F, BacklogWaitTime: 60000, BacklogWaitTimeActual: 0);

    /// <summary>Why the kernel can't be asked.</summary>
    public string KernelRefusal { get; init; } = "";

    /// <summary>The kernel's features.</summary>
    public AuditFeatures Features { get; init; }

    /// <summary>What the kernel was booted with, /proc/cmdline.</summary>
    public string BootLine { get; init; } = "audit=1 audit_backlog_limit=8192";

    /// <summary>The process that owns the kernel's audit, as <c>auditd (process 300)</c>; null for none that lives.</summary>
    public string? Owner { get; init; } = "auditd (process 300)";

    /// <summary>What the daemon says at its control socket; null where it is another's, or doesn't answer.</summary>
    public ServiceStatus? Service { get; init; } = new ServiceStatus { Program = "auditd", Build = "1", Pid = 300, ReadsKernel = true };

    /// <summary>Why our own daemon, which runs, doesn't answer at its socket; null where it does, or no daemon of ours runs.</summary>
    public string? ServiceRefusal { get; init; }

    /// <summary>Whether the program that the daemon runs was replaced since: /proc/PID/exe is deleted.</summary>
    public bool IsProgramReplaced { get; init; }

    /// <summary>The version of the program that looks.</summary>
    public string Build { get; init; } = "1";

    /// <summary>When it was looked at.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The numbers of processes called auditd, but for those of containers: they can't own the kernel's audit.</summary>
    public IReadOnlyList<int> Daemons { get; init; } = [300];

    /// <summary>Whether a unit or script loads rules at boot.</summary>
    public bool LoadsRulesAtBoot { get; init; } = true;

    /// <summary>Rules that the kernel holds.</summary>
    public int RulesHeld { get; init; } = 1;

    /// <summary>Rules of the files that the kernel doesn't hold.</summary>
    public int RulesMissing { get; init; }

    /// <summary>Rules of the kernel that no file has.</summary>
    public int RulesUnwritten { get; init; }

    /// <summary>What the rule files set the backlog to; null where they don't.</summary>
    public uint? BacklogInFiles { get; init; }

    /// <summary>What is wrong in the rule files.</summary>
    public IReadOnlyList<Diagnostic> RuleFaults { get; init; } = [];

    /// <summary>Whether audit.rules is what augenrules would make of rules.d; null where there is no rules.d.</summary>
    public bool? IsMerged { get; init; } = true;

    /// <summary>What auditd.conf says; null where it can't be used.</summary>
    public AuditdConfiguration? Configuration { get; init; } = new();

    /// <summary>What is wrong in auditd.conf.</summary>
    public IReadOnlyList<Diagnostic> ConfigurationFaults { get; init; } = [];

    /// <summary>The directories and files of trail and settings that are there, with owner and mode.</summary>
    public IReadOnlyList<(string Path, FileStatus Status)> Files { get; init; } = [];

    /// <summary>The room of the trail's file system; null where there is no trail's directory.</summary>
    public FileSystemSpace? Space { get; init; } = new FileSystemSpace(100L << 30, 90L << 30, 0);

    /// <summary>Whether the trail's directory is on the file system of <c>/</c>.</summary>
    public bool IsOnRootFileSystem { get; init; }

    /// <summary>How many bytes the trail has.</summary>
    public long TrailBytes { get; init; }

    /// <summary>How many days the trail reaches back; 0 where that isn't known.</summary>
    public double TrailDays { get; init; }

    /// <summary>Whether the clock is kept right by others; null where that isn't known.</summary>
    public bool? IsClockSynchronized { get; init; } = true;

    /// <summary>Files of /etc/pam.d by name.</summary>
    public IReadOnlyDictionary<string, string> PamFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Processes with a terminal, of no login session: name and number.</summary>
    public IReadOnlyList<string> TerminalsWithoutLogin { get; init; } = [];

    /// <summary>Files that start script(1) at login: below /etc/profile.d and the like.</summary>
    public IReadOnlyList<string> ScriptStarters { get; init; } = [];

    /// <summary>The certificates of remote logging and the lists of revoked ones, and when they end.</summary>
    public IReadOnlyList<(string Path, DateTimeOffset End)> Certificates { get; init; } = [];

    /// <summary>Why one of them can't be read.</summary>
    public IReadOnlyList<string> CertificateRefusals { get; init; } = [];

    /// <summary>This machine's audisp-remote; null where none of ours runs.</summary>
    public SenderState? Sender { get; init; }

    /// <summary>Who wasn't let in in the last day, and hasn't been since.</summary>
    public IReadOnlyList<RefusedClient> RefusedClients { get; init; } = [];

    /// <summary>Whether systemd-journald takes records too: its audit socket is there and isn't masked.</summary>
    public bool JournalTakesRecords { get; init; }

    /// <summary>Whether systemd-journald, with that socket, switches the kernel's audit off when it starts: Audit=no, said or built in.</summary>
    public bool JournalSwitchesOff { get; init; }

    /// <summary>What says that this is a container; null where nothing does.</summary>
    public string? Container { get; init; }

    /// <summary>Whether logins are meant to be recorded: there is a recorder.conf, or the recorder service has run in this boot.</summary>
    public bool IsRecorderUsed { get; init; }

    /// <summary>What the recorder service last said; null where it never ran in this boot.</summary>
    public RecorderStatus? Recorder { get; init; }

    /// <summary>Whether its process is there.</summary>
    public bool IsRecorderAlive { get; init; }

    /// <summary>Logins at terminals in the last day that have no recording, of people who are recorded.</summary>
    public int UnrecordedLogins { get; init; }

    /// <summary>The setting of sshd by which people may have code of theirs run before the recorder's login side does anything; null for none, or one that does no harm.</summary>
    public string? LoginEnvironmentHole { get; init; }

    /// <summary>Setups that were interrupted.</summary>
    public IReadOnlyList<string> InterruptedSetups { get; init; } = [];
}
