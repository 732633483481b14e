namespace Akashi.Audit;

/// <summary>Where a record comes from. What is null is found out, or written as <c>?</c> where it can't be.</summary>
public sealed record UserRecordOrigin
{
    /// <summary>The program's path; null for the one that runs, /proc/self/exe.</summary>
    public string? Executable { get; init; }

    /// <summary>The host that the person comes from; null for this machine where the terminal is one of its own, else unknown.</summary>
    public string? HostName { get; init; }

    /// <summary>Its address in digits; null to ask the resolver for the host's, which may take long: give it where it's known.</summary>
    public string? Address { get; init; }

    /// <summary>The terminal, such as <c>pts/2</c>; null for that of standard input.</summary>
    public string? Terminal { get; init; }
}

/// <summary>What SELinux gives a login user.</summary>
public sealed record SelinuxRole
{
    /// <summary>The SELinux user; null for unknown.</summary>
    public string? User { get; init; }

    /// <summary>Its roles; null for unknown.</summary>
    public string? Role { get; init; }

    /// <summary>Its range of levels; null for unknown.</summary>
    public string? Range { get; init; }
}
