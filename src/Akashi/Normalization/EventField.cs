namespace Akashi.Normalization;

/// <summary>A field that a normalised event points at; the default points at none.</summary>
/// <param name="recordIndex">Which record of the event it stands in.</param>
/// <param name="name">Its name.</param>
/// <param name="value">Its raw value, with its quotes.</param>
public readonly ref struct EventField(int recordIndex, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
{
    /// <summary>Which record of the event it stands in.</summary>
    public int RecordIndex { get; } = recordIndex;

    /// <summary>Its name; empty where it points at no field.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>Its raw value, with its quotes; valid as long as the event.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Whether there is a field.</summary>
    public bool IsPresent => !Name.IsEmpty;
}
