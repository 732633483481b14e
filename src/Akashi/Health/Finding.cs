namespace Akashi.Health;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>All is well.</summary>
    Fine,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Something isn't recorded, or may not be soon.</summary>
    Warning,

    /// <summary>Nothing is recorded, records are lost, or strangers may read or change them.</summary>
    Problem,
}

/// <summary>One thing that the doctor found.</summary>
/// <param name="Name">The check, in a word or two with dashes; stable.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="What">What is the case: lower case, no full stop.</param>
/// <param name="Why">Why that matters; empty where all is well.</param>
/// <param name="Mend">The command that mends it, or that says more; null for none.</param>
public sealed record Finding(string Name, FindingSeverity Severity, string What, string Why, string? Mend)
{
    /// <summary>All is well.</summary>
    public static Finding Fine(string name, string what) => new(name, FindingSeverity.Fine, what, "", null);

    /// <summary>Worth knowing.</summary>
    public static Finding Note(string name, string what, string why, string? mend = null) => new(name, FindingSeverity.Note, what, why, mend);

    /// <summary>Something isn't recorded, or may not be soon.</summary>
    public static Finding Warning(string name, string what, string why, string? mend) => new(name, FindingSeverity.Warning, what, why, mend);

    /// <summary>Nothing is recorded, or records are lost.</summary>
    public static Finding Problem(string name, string what, string why, string? mend) => new(name, FindingSeverity.Problem, what, why, mend);
}
