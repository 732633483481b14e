namespace Akashi.Reports.Facts;

/// <summary>A text of an event, by its place in <see cref="EventFacts"/>; the default is none.</summary>
/// <param name="Start">Index of its first byte.</param>
/// <param name="LengthAndOne">Its bytes, and one more; 0 for no text.</param>
public readonly record struct FactText(int Start, int LengthAndOne)
{
    /// <summary>Whether there is one; it may be empty.</summary>
    public bool Exists => LengthAndOne > 0;
}

/// <summary>A file of an event.</summary>
/// <param name="Name">Its name as the record has it, decoded.</param>
/// <param name="IsParent">Whether it is the directory of the file that matters.</param>
public readonly record struct FileFact(FactText Name, bool IsParent);

/// <summary>An access decision of a security module.</summary>
/// <param name="Outcome">Denied is Failed, granted is Success.</param>
/// <param name="Permissions">What was wanted, parted by blanks.</param>
/// <param name="Subject">The subject's label.</param>
/// <param name="Object">The object's label.</param>
/// <param name="Class">The object's class.</param>
public readonly record struct AccessFact(Outcome Outcome, FactText Permissions, FactText Subject, FactText Object, FactText Class);
