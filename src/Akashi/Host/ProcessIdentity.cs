namespace Akashi.Host;

/// <summary>A process as records name it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Uid">Its real user.</param>
/// <param name="Auid">Its login user, /proc/self/loginuid; <see cref="Unset"/> where none logged in.</param>
/// <param name="Session">Its login session, /proc/self/sessionid; <see cref="Unset"/> where there is none.</param>
/// <param name="Context">Its security context, /proc/self/attr/current; empty where there is none.</param>
public readonly record struct ProcessIdentity(uint Pid, uint Uid, uint Auid, uint Session, string Context)
{
    /// <summary>The auid and the session of a process that nobody's login began: (uid_t)-1.</summary>
    public const uint Unset = uint.MaxValue;
}
