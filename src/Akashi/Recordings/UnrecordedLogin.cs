namespace Akashi.Recordings;

/// <summary>A login at a terminal, or a claim of one, that has no recording.</summary>
/// <param name="UnixSeconds">When.</param>
/// <param name="Auid">The login user.</param>
/// <param name="Ses">Its session; null where it isn't known.</param>
/// <param name="Terminal">The terminal: <c>pts/3</c>; empty where it isn't known.</param>
/// <param name="Address">From where; empty for nowhere.</param>
/// <param name="Reason">Why it wasn't recorded; empty where nobody knows.</param>
public sealed record UnrecordedLogin(long UnixSeconds, uint Auid, uint? Ses, string Terminal, string Address, string Reason)
{
    /// <summary>Whether nobody logged in: <c>akashi setup sessions</c> tried it.</summary>
    public bool IsTrial { get; init; }
}
