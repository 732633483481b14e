using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>CONFIG_CHANGE records: what was changed about the audit itself.</summary>
static class ConfigurationChange
{
    /// <summary>The operation that sets a value: the field behind it is the one that was set.</summary>
    public static ReadOnlySpan<byte> SetOperation => "set"u8;

    /// <summary>Makes the record's operation the action, and finds the object.</summary>
    public static void Apply(EventPart part, scoped ref NormalizedEvent normalized)
    {
        EventField operation = EventFields.FindIn(part, 0, "op"u8);
        normalized.Action = operation.IsPresent
            ? operation.Value.Trim((byte)'"')
            : CompanionRecord.ActionOf(RecordType.ConfigChange);
        normalized.ObjectKind = ObjectKind.AuditConfig;
        normalized.ObjectPrimary = FindObject(part, 0);
        normalized.ObjectSecondary = default;
    }

    /// <summary>The key of a rule, else what was set, else the list; none where the record has none of them.</summary>
    public static EventField FindObject(EventPart part, int recordIndex)
    {
        EventField found = default, list = default;
        bool isBehindSet = false;
        foreach (Field field in part[recordIndex].Fields)
        {
            var here = new EventField(recordIndex, field.Name, field.Value);
            if (field.Name.SequenceEqual("key"u8) && !field.Value.SequenceEqual("(null)"u8))
                return here;
            if (!found.IsPresent && (isBehindSet || IsSetting(field.Name)))
                found = here;
            else if (field.Name.SequenceEqual("list"u8))
                list = here;
            isBehindSet = field.Name.SequenceEqual("op"u8) && field.Value.SequenceEqual(SetOperation);
        }

        return found.IsPresent ? found : list;
    }

    static bool IsSetting(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("audit_enabled"u8) || name.SequenceEqual("audit_pid"u8) || name.SequenceEqual("audit_backlog_limit"u8)
        || name.SequenceEqual("audit_failure"u8) || name.SequenceEqual("actions"u8);
}
