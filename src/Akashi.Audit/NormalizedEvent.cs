namespace Akashi.Audit;

/// <summary>An event as subject, action, object, how, result: in words, as <c>ausearch --format text</c> and <c>akashi search --json</c> have them.</summary>
/// <remarks>What an event doesn't say is null. Words may hold any character that a program or a file's maker put there.</remarks>
public sealed record NormalizedEvent
{
    /// <summary>The kind of the event, such as <c>user-login</c> or <c>audit-rule</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The login session.</summary>
    public string? Session { get; init; }

    /// <summary>What kind of account acted, such as <c>user-acct</c>.</summary>
    public string? SubjectKind { get; init; }

    /// <summary>Who logged in; <c>system</c> for nobody.</summary>
    public string? SubjectPrimary { get; init; }

    /// <summary>As whom.</summary>
    public string? SubjectSecondary { get; init; }

    /// <summary>The security label of the subject.</summary>
    public string? SubjectLabel { get; init; }

    /// <summary>What was done, such as <c>opened-file</c>; <c>did-unknown</c> where no table says it.</summary>
    public required string Action { get; init; }

    /// <summary>What kind of thing it was done to, such as <c>file</c>.</summary>
    public string? ObjectKind { get; init; }

    /// <summary>The thing: a file by its whole path.</summary>
    public string? ObjectPrimary { get; init; }

    /// <summary>More of the same thing: a file's inode.</summary>
    public string? ObjectSecondary { get; init; }

    /// <summary>A second thing: the new name, mode or owner.</summary>
    public string? ObjectSecond { get; init; }

    /// <summary>The security label of the object.</summary>
    public string? ObjectLabel { get; init; }

    /// <summary>By what: mostly the program.</summary>
    public string? How { get; init; }

    /// <summary>Whether it could be done; null where the event doesn't say.</summary>
    public bool? IsSuccess { get; init; }

    /// <summary>The first key of the rule that caught it.</summary>
    public string? Key { get; init; }
}
