namespace Akashi.Remote;

/// <summary>What audisp-remote.conf may have done about a failure.</summary>
public enum RemoteActionKind
{
    /// <summary>Nothing; the record is given up.</summary>
    Ignore,

    /// <summary>A line to the system log; the record is given up.</summary>
    Syslog,

    /// <summary>A program runs; the record is given up.</summary>
    Exec,

    /// <summary>A line to the system log, once until a record is received; the record is given up.</summary>
    WarnOnceContinue,

    /// <summary>The same, but the record stays.</summary>
    WarnOnce,

    /// <summary>The connection is made anew; the record stays.</summary>
    Reconnect,

    /// <summary>Nothing is sent until SIGUSR2; the record stays.</summary>
    Suspend,

    /// <summary>The machine goes to single user mode; the record stays.</summary>
    Single,

    /// <summary>The machine is shut down; the record stays.</summary>
    Halt,

    /// <summary>The sender ends; the record stays.</summary>
    Stop,
}

/// <summary>One such action.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Program">The program of <see cref="RemoteActionKind.Exec"/>, an absolute path; else null.</param>
public readonly record struct RemoteAction(RemoteActionKind Kind, string? Program = null)
{
    /// <summary>Whether the record that it was about is sent again later.</summary>
    public bool KeepsRecord => Kind > RemoteActionKind.WarnOnceContinue;

    /// <summary>The word of audisp-remote.conf.</summary>
    public static string WordOf(RemoteActionKind kind) => kind switch
    {
        RemoteActionKind.WarnOnce => "warn_once",
        RemoteActionKind.WarnOnceContinue => "warn_once_continue",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
