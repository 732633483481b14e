using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>CONFIG_CHANGE records: what was changed about the audit itself.</summary>
static class ConfigurationChange
{
    /// <summary>Makes the record's operation the action, and finds the object.</summary>
    public static void Apply(EventPart part, scoped ref NormalizedEvent normalized)
    {
        EventField operation = EventFields.FindIn(part, 0, "op"u8);
        normalized.Action = operation.IsPresent
            ? operation.Value
            : CompanionRecord.ActionOf(RecordType.ConfigChange);
        normalized.ObjectKind = ObjectKind.AuditConfig;
        normalized.ObjectPrimary = FindObject(part, 0);
        normalized.ObjectSecondary = default;
    }

    /// <summary>The key of a rule, else what was set, else the list; none where the record has none of them.</summary>
    public static EventField FindObject(EventPart part, int recordIndex)
    {
        EventField setting = default, list = default;
        foreach (Field field in part[recordIndex].Fields)
        {
            var here = new EventField(recordIndex, field.Name, field.Value);
            if (field.Name.SequenceEqual("key"u8) && !field.Value.SequenceEqual("(null)"u8))
                return here;
            if (!setting.IsPresent && IsSetting(field.Name))
                setting = here;
            else if (field.Name.SequenceEqual("list"u8))
                list = here;
        }

        return setting.IsPresent ? setting : list;
    }

    static bool IsSetting(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("audit_enabled"u8) || name.SequenceEqual("audit_pid"u8) || name.SequenceEqual("audit_backlog_limit"u8)
        || name.SequenceEqual("audit_failure"u8) || name.SequenceEqual("actions"u8);
}
