namespace Akashi.Diagnostics;

/// <summary>How bad a diagnostic is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>Works, though hardly as meant.</summary>
    Warning,

    /// <summary>Can't be used.</summary>
    Error,
}

/// <summary>What a compiler of rules, queries or configuration has to say about one place of its input.</summary>
/// <param name="Number">A stable number, one per kind of fault.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Text">One line: lower case, no full stop; names the value and what was expected.</param>
public sealed record Diagnostic(int Number, Severity Severity, string Text)
{
    /// <summary>The file; null for a command line.</summary>
    public string? File { get; init; }

    /// <summary>The line, counted from 1; 0 for none.</summary>
    public int Line { get; init; }

    /// <summary>The column in characters, counted from 1; 0 for none.</summary>
    public int Column { get; init; }

    /// <summary>How many characters from the column on it is about; 0 where that isn't known.</summary>
    public int Length { get; init; }

    /// <summary>The one action that mends it; null where there is none.</summary>
    public string? Hint { get; init; }

    /// <summary><c>file:line:column: text</c>, as far as the place is known.</summary>
    public override string ToString()
    {
        string place = File ?? "";
        if (Line > 0)
            place += (place.Length > 0 ? ":" : "line ") + Line;
        if (Line > 0 && Column > 0)
            place += ":" + Column;
        return place.Length > 0 ? place + ": " + Text : Text;
    }
}
