using Akashi.Tables;

namespace Akashi.LibAudit.Auparse;

/// <summary>A field as a host gets it: texts with a NUL, in the event's memory.</summary>
unsafe struct FieldEntry
{
    /// <summary>The name.</summary>
    internal byte* Name;

    /// <summary>The raw value.</summary>
    internal byte* Value;

    /// <summary>The value in words, and of a file's name the whole path; NULL until asked for.</summary>
    internal byte* Words, Path;

    /// <summary>Bytes of the name and of the value.</summary>
    internal int NameLength, ValueLength;

    /// <summary>Where the value stands in the record's line; -1 for what was made of several parts.</summary>
    internal int ValueStart;

    /// <summary>How the words are escaped.</summary>
    internal int EscapeMode;

    internal readonly ReadOnlySpan<byte> NameBytes => new(Name, NameLength);

    internal readonly ReadOnlySpan<byte> ValueBytes => new(Value, ValueLength);
}
