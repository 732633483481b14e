namespace Akashi.Daemon;

/// <summary>What becomes of the kernel's audit when the daemon starts: -s of auditd.</summary>
public enum EnableState
{
    /// <summary>It's switched on.</summary>
    Enable,

    /// <summary>It's switched off.</summary>
    Disable,

    /// <summary>It stays as it is.</summary>
    NoChange,
}
