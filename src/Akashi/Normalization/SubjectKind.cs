namespace Akashi.Normalization;

/// <summary>What kind of account acted.</summary>
public enum SubjectKind : byte
{
    /// <summary>The event doesn't say.</summary>
    None,

    /// <summary>root.</summary>
    Privileged,

    /// <summary>No account: a uid of -1.</summary>
    Unset,

    /// <summary>Below 1000: an account that no person logs in to.</summary>
    Service,

    /// <summary>1000 to 59999: a person's.</summary>
    User,

    /// <summary>Any other, or a name that this machine doesn't know.</summary>
    Unknown,

    /// <summary>The kernel itself.</summary>
    System,

    /// <summary>The audit daemon.</summary>
    Auditd,
}
