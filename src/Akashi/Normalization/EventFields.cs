using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>Looks fields up across the records of an event.</summary>
static class EventFields
{
    /// <summary>The first field of that name in a record; none where it has none.</summary>
    public static EventField FindIn(AuditEvent auditEvent, int recordIndex, ReadOnlySpan<byte> name)
    {
        foreach (Field field in auditEvent[recordIndex].Fields)
        {
            if (field.Name.SequenceEqual(name))
                return new EventField(recordIndex, field.Name, field.Value);
        }

        return default;
    }

    /// <summary>The first field of that name in a record or in one after it; none where they have none.</summary>
    public static EventField FindFrom(AuditEvent auditEvent, int recordIndex, ReadOnlySpan<byte> name)
    {
        for (int index = recordIndex; index < auditEvent.Count; index++)
        {
            EventField field = FindIn(auditEvent, index, name);
            if (field.IsPresent)
                return field;
        }

        return default;
    }

    /// <summary>The index of the first record of a type; -1 where there is none.</summary>
    public static int IndexOf(AuditEvent auditEvent, RecordType type)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (auditEvent[index].Type == type)
                return index;
        }

        return -1;
    }

    /// <summary>Whether a program's name says less than its command: interpreters and shells.</summary>
    /// <param name="program">The raw value of exe.</param>
    public static bool IsInterpreter(ReadOnlySpan<byte> program) =>
        program.StartsWith("\"/usr/bin/python"u8) || program.StartsWith("\"/usr/bin/sh"u8)
        || program.StartsWith("\"/usr/bin/bash"u8) || program.StartsWith("\"/usr/bin/perl"u8);
}
