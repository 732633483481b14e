using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>The subject that a record tells by itself.</summary>
static class RecordSubject
{
    // The daemon's types, and what SELinux says of labelled networks up to the end of its family.
    const RecordType DaemonFirst = (RecordType)1200;
    const RecordType DaemonLast = (RecordType)1209;
    const RecordType SelinuxLast = (RecordType)1499;

    /// <summary>Whether a type is of the daemon's own.</summary>
    public static bool IsDaemon(RecordType type) => type is >= DaemonFirst and <= DaemonLast;

    /// <summary>Whether a type tells of labelled networks, or of Landlock behind them: who logged in is all they know of a subject.</summary>
    public static bool IsNetworkLabel(RecordType type) => type is >= RecordType.MacUnlblAllow and <= SelinuxLast;

    /// <summary>Finds primary and secondary, and the kind.</summary>
    /// <param name="auid">The first auid of the event.</param>
    public static void Find(
        EventPart part, RecordType type, EventField auid, IAccounts accounts, scoped ref NormalizedEvent normalized)
    {
        normalized.SubjectPrimary = FindPrimary(part, type, auid);
        if (IsNetworkLabel(type) || type == RecordType.UserLogin)
        {
            normalized.SubjectKind = type == RecordType.UserLogin && !normalized.SubjectPrimary.IsPresent
                ? SubjectKind.None
                : SubjectKinds.Of(normalized.SubjectPrimary, accounts);
            return;
        }

        if (type == RecordType.Avc)
        {
            normalized.SubjectKind = SubjectKind.Unknown;
            return;
        }

        EventField uid = type == RecordType.ConfigChange ? default : EventFields.FindIn(part, 0, "uid"u8);
        normalized.SubjectSecondary = uid;
        if (IsDaemon(type))
            normalized.SubjectKind = SubjectKind.Auditd;
        else if (uid.IsPresent)
            normalized.SubjectKind = SubjectKinds.Of(uid, accounts);
    }

    // A login has no auid yet: the account that logs in is the subject. Where auid is what was changed, the old one acted.
    static EventField FindPrimary(EventPart part, RecordType type, EventField auid)
    {
        if (type is RecordType.Avc or RecordType.UserAvc)
        {
            EventField label = EventFields.FindIn(part, 0, "scontext"u8);
            return label.IsPresent ? label : auid;
        }

        if (type == RecordType.Login)
            return EventFields.FindIn(part, 0, "old-auid"u8);
        if (type != RecordType.UserLogin)
            return auid;
        EventField id = EventFields.FindIn(part, 0, "id"u8);
        return id.IsPresent ? id : EventFields.FindIn(part, 0, "acct"u8);
    }
}
