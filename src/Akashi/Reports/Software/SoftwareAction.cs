namespace Akashi.Reports.Software;

/// <summary>What a package manager was told to do.</summary>
public enum SoftwareAction
{
    /// <summary>Nothing that changes software.</summary>
    None,

    /// <summary>Install.</summary>
    Install,

    /// <summary>Remove.</summary>
    Remove,

    /// <summary>Upgrade.</summary>
    Upgrade,
}
