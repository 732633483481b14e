namespace Akashi.Configuration;

/// <summary>name_format of auditd.conf: what stands behind <c>node=</c>.</summary>
public enum NameFormat
{
    /// <summary>No <c>node=</c>.</summary>
    None,

    /// <summary>The host's name.</summary>
    HostName,

    /// <summary>The name in the domain system.</summary>
    FullyQualified,

    /// <summary>The address in the domain system.</summary>
    Numeric,

    /// <summary>What <c>name</c> says.</summary>
    User,
}
