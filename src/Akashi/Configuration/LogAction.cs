namespace Akashi.Configuration;

/// <summary>What auditd.conf may have the daemon do when a log is long, a disk runs full or refuses, or a queue overflows.</summary>
public enum LogActionKind
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>A line to the system log.</summary>
    Syslog,

    /// <summary>A new segment; the oldest beyond num_logs goes.</summary>
    Rotate,

    /// <summary>A new segment; nothing goes.</summary>
    KeepLogs,

    /// <summary>A letter to action_mail_acct, and a line to the system log.</summary>
    Email,

    /// <summary>A program runs; writing waits for it.</summary>
    Exec,

    /// <summary>Nothing is written until SIGUSR2.</summary>
    Suspend,

    /// <summary>The machine goes to single user mode.</summary>
    Single,

    /// <summary>The machine is shut down.</summary>
    Halt,
}

/// <summary>One such action.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Program">The program of <see cref="LogActionKind.Exec"/>, an absolute path; else null.</param>
public readonly record struct LogAction(LogActionKind Kind, string? Program = null)
{
    /// <summary>The word of auditd.conf, and the program behind it.</summary>
    public override string ToString() => Kind switch
    {
        LogActionKind.KeepLogs => "keep_logs",
        LogActionKind.Exec => $"exec {Program}",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
