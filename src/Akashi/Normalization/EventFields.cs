using Akashi.Records;

namespace Akashi.Normalization;

/// <summary>Looks fields up across the records of an event.</summary>
static class EventFields
{
    /// <summary>The first field of that name in a record; none where it has none.</summary>
    public static EventField FindIn(EventPart part, int recordIndex, ReadOnlySpan<byte> name)
    {
        foreach (Field field in part[recordIndex].Fields)
        {
            if (field.Name.SequenceEqual(name))
                return new EventField(recordIndex, field.Name, field.Value);
        }

        return default;
    }

    /// <summary>The first field of that name in a record or in one after it; none where they have none.</summary>
    public static EventField FindFrom(EventPart part, int recordIndex, ReadOnlySpan<byte> name)
    {
        for (int index = recordIndex; index < part.Count; index++)
        {
            EventField field = FindIn(part, index, name);
            if (field.IsPresent)
                return field;
        }

        return default;
    }

    /// <summary>Whether a program's name says less than its command: interpreters and shells.</summary>
    /// <param name="program">The raw value of exe.</param>
    public static bool IsInterpreter(ReadOnlySpan<byte> program) =>
        program.StartsWith("\"/usr/bin/python"u8) || program.StartsWith("\"/usr/bin/sh"u8)
        || program.StartsWith("\"/usr/bin/bash"u8) || program.StartsWith("\"/usr/bin/perl"u8);
}
