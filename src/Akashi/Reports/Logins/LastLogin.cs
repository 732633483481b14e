namespace Akashi.Reports.Logins;

/// <summary>A user's last login.</summary>
/// <param name="UnixSeconds">When, in seconds since the epoch.</param>
/// <param name="Terminal">Where, raw; empty where the event doesn't say.</param>
/// <param name="Host">From where, raw; empty where the event doesn't say.</param>
public sealed record LastLogin(long UnixSeconds, byte[] Terminal, byte[] Host);
