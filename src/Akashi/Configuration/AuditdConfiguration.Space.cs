namespace Akashi.Configuration;

/// <summary>What happens when the disk runs full or refuses.</summary>
public sealed partial record AuditdConfiguration
{
    /// <summary>verify_email: whether the domain of the address must be known.</summary>
    public bool VerifiesEmail { get; init; } = true;

    /// <summary>action_mail_acct: an account or an address.</summary>
    public string MailAccount { get; init; } = "root";

    /// <summary>space_left.</summary>
    public SpaceLimit SpaceLeft { get; init; }

    /// <summary>space_left_action.</summary>
    public LogAction SpaceLeftAction { get; init; }

    /// <summary>admin_space_left.</summary>
    public SpaceLimit AdminSpaceLeft { get; init; }

    /// <summary>admin_space_left_action.</summary>
    public LogAction AdminSpaceLeftAction { get; init; }

    /// <summary>disk_full_action.</summary>
    public LogAction DiskFullAction { get; init; }

    /// <summary>disk_error_action.</summary>
    public LogAction DiskErrorAction { get; init; } = new(LogActionKind.Syslog);

    /// <summary>All actions, with the keywords they stand behind.</summary>
    public IReadOnlyList<(string Keyword, LogAction Action)> Actions =>
    [
        ("max_log_file_action", SizeAction), ("space_left_action", SpaceLeftAction), ("admin_space_left_action", AdminSpaceLeftAction),
        ("disk_full_action", DiskFullAction), ("disk_error_action", DiskErrorAction), ("overflow_action", OverflowAction),
    ];
}
