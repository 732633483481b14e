namespace Akashi.Setup;

/// <summary>One file in a journal.</summary>
/// <param name="Path">The file, as the machine that was set up names it.</param>
/// <param name="Before">What stood there.</param>
/// <param name="BackupName">Where the bytes of a file that stood there are kept, in the journal's directory; empty for none.</param>
/// <param name="After">What the setup put there.</param>
public sealed record JournalEntry(string Path, StateMark Before, string BackupName, StateMark After)
{
    /// <summary>Where what the setup put there is kept, of a file that others change lines of too; empty for none.</summary>
    public string MadeName { get; init; } = "";

    /// <summary>Whether lines are taken back, not the whole file.</summary>
    public bool IsShared => MadeName.Length > 0 && BackupName.Length > 0;

    /// <summary>Whether it's a directory that the setup made: taken back, it goes where it's empty.</summary>
    public bool IsMadeDirectory => After.Text == "directory" && Before.Text == "missing";
}
