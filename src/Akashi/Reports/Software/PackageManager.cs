namespace Akashi.Reports.Software;

/// <summary>How a package manager is told what to do. Words stand between blanks.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Programs">Its programs' names without directories; a trailing <c>*</c> stands for a version: <c>pip3*</c>.</param>
/// <param name="Family">Managers of one family change the same packages: apt and dpkg.</param>
public sealed record PackageManager(string Name, string Programs, string Family)
{
    /// <summary>Words, or options, that install.</summary>
    public string Install { get; init; } = "";

    /// <summary>Words, or options, that remove.</summary>
    public string Remove { get; init; } = "";

    /// <summary>Words, or options, that upgrade.</summary>
    public string Upgrade { get; init; } = "";

    /// <summary>Options that take the following word.</summary>
    public string ValueOptions { get; init; } = "";

    /// <summary>Options with which nothing is changed.</summary>
    public string Trials { get; init; } = "";

    /// <summary>Options that turn installing into upgrading.</summary>
    public string UpgradeOptions { get; init; } = "";

    /// <summary>Whether the verb is an option (<c>dpkg -i</c>), not the first word.</summary>
    public bool HasOptionVerbs { get; init; }

    /// <summary>Letters of a bundle of options (<c>-qi</c>) with which it asks and changes nothing.</summary>
    public string AskingLetters { get; init; } = "";
}
