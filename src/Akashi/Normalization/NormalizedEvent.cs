using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>An event as subject, action, object, how and result: who did what to which thing, by what, and whether it could be done.</summary>
/// <remarks>Spans into the event's bytes and into constant tables: valid as long as the event. A field that isn't present is none that the event has.</remarks>
public ref struct NormalizedEvent
{
    /// <summary>The kind of the event, by its first record.</summary>
    public EventKind Kind { get; internal set; }

    /// <summary>The login session.</summary>
    public EventField Session { get; internal set; }

    /// <summary>Who logged in: auid; for a login the account.</summary>
    public EventField SubjectPrimary { get; internal set; }

    /// <summary>As whom: uid.</summary>
    public EventField SubjectSecondary { get; internal set; }

    /// <summary>The security label of the subject.</summary>
    public EventField SubjectLabel { get; internal set; }

    /// <summary>What kind of account acted.</summary>
    public SubjectKind SubjectKind { get; internal set; }

    /// <summary>What was done, such as <c>opened-file</c>; empty where no table says it.</summary>
    public ReadOnlySpan<byte> Action { get; internal set; }

    /// <summary>Whether it could be done: <c>success=yes</c>, <c>res=1</c>.</summary>
    public EventField Result { get; internal set; }

    /// <summary>What it was done to.</summary>
    public EventField ObjectPrimary { get; internal set; }

    /// <summary>More of the same object: a file's inode.</summary>
    public EventField ObjectSecondary { get; internal set; }

    /// <summary>A second object: the new name, mode or owner.</summary>
    public EventField ObjectPrimary2 { get; internal set; }

    /// <summary>The security label of the object.</summary>
    public EventField ObjectLabel { get; internal set; }

    /// <summary>What kind of thing the object is.</summary>
    public ObjectKind ObjectKind { get; internal set; }

    /// <summary>By what: mostly the program.</summary>
    public EventField How { get; internal set; }

    /// <summary>By what, where no field says it: <c>init</c>, <c>signal</c>; else empty.</summary>
    public ReadOnlySpan<byte> HowWord { get; internal set; }

    /// <summary>The key of the rule that caught it; several may stand in one value.</summary>
    public EventField Key { get; internal set; }
}
