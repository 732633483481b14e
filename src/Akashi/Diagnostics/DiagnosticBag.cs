namespace Akashi.Diagnostics;

/// <summary>Collects diagnostics, so that a compiler can go on after the first fault.</summary>
public sealed class DiagnosticBag
{
    readonly List<Diagnostic> _all = [];

    /// <summary>All of them, in the order they were found.</summary>
    public IReadOnlyList<Diagnostic> All => _all;

    /// <summary>Whether one of them is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Forgets them, for the next input.</summary>
    public void Clear()
    {
        _all.Clear();
        HasErrors = false;
    }

    /// <summary>Adds one.</summary>
    public void Add(Diagnostic diagnostic)
    {
        _all.Add(diagnostic);
        HasErrors |= diagnostic.Severity == Severity.Error;
    }
}
