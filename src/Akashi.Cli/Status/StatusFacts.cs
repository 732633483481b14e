using Akashi.Control;
using Akashi.Health;
using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.Status;

/// <summary>What can be known of this machine's recording now: from the service, the kernel, /proc and the trail. What can't is null, with the reason.</summary>
sealed record StatusFacts
{
    /// <summary>When it was looked at.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>What our own service says.</summary>
    public ServiceStatus? Service { get; init; }

    /// <summary>Why it can't be asked; null where it answered, or none listens.</summary>
    public string? ServiceRefusal { get; init; }

    /// <summary>The kernel's status: asked directly, or by the service.</summary>
    public AuditStatus? Kernel { get; init; }

    /// <summary>Why it can't be known.</summary>
    public string? KernelRefusal { get; init; }

    /// <summary>The process that owns the kernel's audit; null where none does, or that isn't known.</summary>
    public RecordingProcess? Owner { get; init; }

    /// <summary>Where the kernel can't be asked: a process that is called auditd.</summary>
    public RecordingProcess? Candidate { get; init; }

    /// <summary>The trail where no service of ours tells of it.</summary>
    public TrailLook? Trail { get; init; }

    /// <summary>What the recorder of logins says of itself; null where there is none.</summary>
    public RecorderStatus? Recorder { get; init; }

    /// <summary>Whether its process is there.</summary>
    public bool IsRecorderAlive { get; init; }

    /// <summary>What this machine's audisp-remote says of itself; null where none runs, or it's the original.</summary>
    public SenderState? Sender { get; init; }

    /// <summary>Whether logins are meant to be recorded.</summary>
    public bool IsRecorderUsed { get; init; }

    /// <summary>The rules.</summary>
    public RuleSummary? Rules { get; init; }

    /// <summary>Why they can't be known.</summary>
    public string? RulesRefusal { get; init; }

    /// <summary>Keys of auditd.conf that are active and not served by our daemon.</summary>
    public IReadOnlyList<string> UnservedKeys => Service?.UnservedKeys ?? [];
}

/// <summary>The process that owns the kernel's audit, as /proc shows it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Name">comm, as the process likes.</param>
/// <param name="Program">Its file; empty where it isn't to be seen.</param>
/// <param name="Started">When it began.</param>
readonly record struct RecordingProcess(int Pid, string Name, string Program, DateTimeOffset Started);
