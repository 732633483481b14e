namespace Akashi.Reports.Logins;

/// <summary>How a login session ended.</summary>
public enum LoginEnd
{
    /// <summary>It didn't yet.</summary>
    Open,

    /// <summary>By logging out, or when the machine was shut down.</summary>
    LoggedOut,

    /// <summary>The machine booted without an end before it.</summary>
    Crash,

    /// <summary>Its number was given to another one.</summary>
    Gone,
}

/// <summary>A login session, a failed login, or the time from a boot to a shutdown, as last(1) shows them.</summary>
public sealed class LoginSession
{
    /// <summary>Whether it is the time from a boot to a shutdown.</summary>
    public bool IsBoot { get; init; }

    /// <summary>Whether it is a login that failed; those begin and end at once.</summary>
    public bool IsFailure { get; init; }

    /// <summary>The login user; unset for boots and failures.</summary>
    public uint Auid { get; init; } = uint.MaxValue;

    /// <summary>The process that logged in.</summary>
    public uint Pid { get; init; }

    /// <summary>The session's number.</summary>
    public uint Session { get; init; } = uint.MaxValue;

    /// <summary>The user's name; empty where a failed login named none.</summary>
    public byte[] Name { get; init; } = [];

    /// <summary>Where it came from; for a boot the kernel's release.</summary>
    public byte[] Host { get; internal set; } = [];

    /// <summary>The terminal without <c>/dev/</c>; null while nobody said that the login went well.</summary>
    public byte[]? Terminal { get; internal set; }

    /// <summary>Seconds since the epoch.</summary>
    public long Start { get; init; }

    /// <summary>Seconds since the epoch; 0 while it is open.</summary>
    public long End { get; internal set; }

    /// <summary>How it ended.</summary>
    public LoginEnd Status { get; internal set; }

    /// <summary>The serial of the event that began it.</summary>
    public ulong StartSerial { get; init; }

    /// <summary>The serial of the event that said the login went well; 0 where there is none.</summary>
    public ulong LoginSerial { get; internal set; }

    /// <summary>The serial of the event that ended it; 0 where there is none.</summary>
    public ulong EndSerial { get; internal set; }

    /// <summary>Whether it is worth a line: a session that only began is none yet.</summary>
    public bool IsShown => Terminal is not null;

    internal void Close(LoginEnd status, long unixSeconds, ulong serial)
    {
        Status = status;
        End = unixSeconds;
        EndSerial = serial;
    }
}
