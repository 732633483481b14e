namespace Akashi.Configuration;

/// <summary>What a login does where its session can't be recorded.</summary>
public enum RecordingPolicy
{
    /// <summary>The session goes on unrecorded, which is logged.</summary>
    Degrade,

    /// <summary>There is no session, but for those whom <see cref="RecorderConfiguration.LetsIn"/> exempts.</summary>
    Strict,

    /// <summary>Nothing is recorded.</summary>
    Off,
}
