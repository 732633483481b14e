using Akashi.Diagnostics;

namespace Akashi.Setup;

/// <summary>What a setup would do: its changes in the order in which they're made, and what is to be known of them.</summary>
/// <remarks>Making one reads and changes nothing: texts in, changes out.</remarks>
/// <param name="name">The setup: <c>commands</c>, <c>service</c>, …; its journal goes by it.</param>
public sealed class SetupPlan(string name)
{
    readonly List<FileChange> _changes = [];

    /// <summary>The setup.</summary>
    public string Name => name;

    /// <summary>The changes that change something; of one path, one.</summary>
    public IReadOnlyList<FileChange> Changes => _changes;

    /// <summary>What stands in its way (errors), and what whoever decides should know (notes, warnings).</summary>
    public DiagnosticBag Diagnostics { get; } = new();

    /// <summary>Adds a change; one that changes nothing is left out.</summary>
    public void Add(FileChange change)
    {
        if (change.IsChange)
            _changes.Add(change);
    }

    /// <summary>Adds what has to be known.</summary>
    public void Note(SetupMessage message, string text, string? hint = null) =>
        Diagnostics.Add(new Diagnostic((int)message, Severity.Note, text) { Hint = hint });

    /// <summary>Adds a danger.</summary>
    public void Warn(SetupMessage message, string text, string? hint = null) =>
        Diagnostics.Add(new Diagnostic((int)message, Severity.Warning, text) { Hint = hint });

    /// <summary>Adds what stands in the way.</summary>
    public void Refuse(SetupMessage message, string text, string? hint = null) =>
        Diagnostics.Add(new Diagnostic((int)message, Severity.Error, text) { Hint = hint });
}
