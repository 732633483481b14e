using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Auditctl;

/// <summary>The status of the kernel's audit as <c>auditctl -s</c> prints it: one name and value a line.</summary>
static class StatusListing
{
    /// <summary>Writes the members of the status.</summary>
    public static void Write(Utf8Output output, in AuditStatus status, bool isInterpreted)
    {
        output.Write($"enabled {(isInterpreted ? EnabledWord(status.Enabled) : status.Enabled.ToString())}\n");
        output.Write($"failure {(isInterpreted ? FailureWord(status.Failure) : status.Failure.ToString())}\n");
        output.Write($"pid {status.Pid}\n");
        output.Write($"rate_limit {status.RateLimit}\n");
        output.Write($"backlog_limit {status.BacklogLimit}\n");
        output.Write($"lost {status.Lost}\n");
        output.Write($"backlog {status.Backlog}\n");
        output.Write($"backlog_wait_time {status.BacklogWaitTime}\n");
        output.Write($"backlog_wait_time_actual {status.BacklogWaitTimeActual}\n");
    }

    /// <summary>Writes the feature that auditctl shows.</summary>
    public static void Write(Utf8Output output, in AuditFeatures features)
    {
        bool isOn = (features.Features & AuditFeatures.LoginuidImmutable) != 0;
        bool isLocked = (features.Lock & AuditFeatures.LoginuidImmutable) != 0;
        output.Write($"loginuid_immutable {(isOn ? 1 : 0)} {(isLocked ? "locked" : "unlocked")}\n");
    }

    static string EnabledWord(uint value) => value switch
    {
        0 => "disable",
        1 => "enabled",
        2 => "enabled+immutable",
        _ => value.ToString(),
    };

    static string FailureWord(uint value) => value switch
    {
        0 => "silent",
        1 => "printk",
        2 => "panic",
        _ => value.ToString(),
    };
}
