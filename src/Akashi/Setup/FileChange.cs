namespace Akashi.Setup;

/// <summary>One file that a setup changes.</summary>
/// <param name="Path">Absolute, as the machine that is set up names it: below a root directory where one is given.</param>
/// <param name="Before">What stands there when the plan is made.</param>
/// <param name="After">What is to stand there.</param>
/// <param name="Reason">Why, in a few words: <c>rules that record the commands of shota</c>.</param>
public sealed record FileChange(string Path, FileState Before, FileState After, string Reason)
{
    /// <summary>Whether its text is shipped with the program and long: it's named instead of shown.</summary>
    public bool IsShipped { get; init; }

    /// <summary>Whether others change lines of it too, so that only our own lines are taken back: see <see cref="SharedLines"/>.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether it changes anything.</summary>
    public bool IsChange => Before != After;
}
