using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Reports.Facts;

/// <summary>Reads what a report needs of the records of a family.</summary>
/// <returns>False where something that every such record has is missing: its event is left out.</returns>
delegate bool ReadFacts(FactCursor cursor, FactKinds needs, EventFacts facts);

/// <summary>Reads the facts of events, record by record.</summary>
/// <remarks>What a record family is read by stands in one table; types that no row has give nothing.</remarks>
/// <param name="needs">What the report needs.</param>
public sealed class FactsReader(FactKinds needs)
{
    const int TypesMax = 3000;

    const FactKinds Always = (FactKinds)(-1);

    // The first row that has the type counts. For says which needs it is read for; a reader marked Always can take an event out of every report.
    static readonly (RecordType First, RecordType Last, FactKinds For, ReadFacts Read)[] s_families =
    [
        (RecordType.Syscall, RecordType.Syscall, Always, SyscallFacts.TryRead),
        (RecordType.Path, RecordType.Path, FactKinds.Files, PathFacts.TryRead),
        (RecordType.Cwd, RecordType.Cwd, FactKinds.Files, PathFacts.TryReadDirectory),
        (RecordType.Sockaddr, RecordType.Sockaddr, FactKinds.HostName | FactKinds.Files, AddressFacts.TryReadSocket),
        (RecordType.NetfilterPkt, RecordType.NetfilterPkt, FactKinds.HostName, AddressFacts.TryReadPacket),
        (RecordType.Login, RecordType.Login, Always, LoginFacts.TryRead),
        (RecordType.UserAvc, RecordType.UserAvc, Always, UserAccessFacts.TryRead),
        (RecordType.User, RecordType.User, Always, UserFacts.TryRead),
        (RecordType.UserAuth, (RecordType)1199, Always, UserFacts.TryRead),
        (RecordType.DaemonStart, RecordType.DaemonResume, Always, DaemonFacts.TryReadAct),
        (RecordType.DaemonAccept, RecordType.DaemonClose, Always, DaemonFacts.TryReadPeer),
        (RecordType.ConfigChange, RecordType.ConfigChange, Always, SettingFacts.TryReadConfiguration),
        (RecordType.Tty, RecordType.Tty, Always, TypingFacts.TryRead),
        (RecordType.NetfilterCfg, RecordType.NetfilterCfg, Always, KernelActFacts.TryReadLoose),
        (RecordType.EventListener, RecordType.EventListener, Always, KernelActFacts.TryReadLoose),
        (RecordType.FeatureChange, RecordType.FeatureChange, Always, KernelActFacts.TryReadStrict),
        (RecordType.AnomLink, RecordType.AnomLink, Always, KernelActFacts.TryReadStrict),
        (RecordType.Uringop, RecordType.Uringop, Always, UringFacts.TryRead),
        (RecordType.Seccomp, RecordType.Seccomp, Always, SeccompFacts.TryRead),
        (RecordType.Avc, RecordType.Avc, Always, AccessFacts.TryReadKernel),
        (RecordType.AvcPath, RecordType.AvcPath, FactKinds.Files, PathFacts.TryReadAccessPath),
        (RecordType.MacPolicyLoad, RecordType.MacUnlblStcdel, Always, SettingFacts.TryReadAccessControl),
        (RecordType.AnomPromiscuous, RecordType.AnomAbend, Always, AnomalyFacts.TryRead),
        (RecordType.IntegrityData, RecordType.IntegrityRule, Always, IntegrityFacts.TryRead),
        (RecordType.AnomLoginFailures, (RecordType)2999, Always, UserFacts.TryRead),
    ];

    // What is known of every type, found once: a log has few types and many records.
    readonly Family?[] _byType = new Family?[TypesMax];

    /// <summary>Reads a whole event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="facts">Receives the facts; cleared first.</param>
    /// <returns>False where a record lacks what every record of its type has.</returns>
    public bool TryRead(AuditEvent auditEvent, EventFacts facts)
    {
        facts.Clear();
        facts.Type = auditEvent[0].Type;
        facts.Stamp = auditEvent.Stamp;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            Family family = FamilyOf(record.Type);
            facts.Kinds |= family.Kinds;
            if (family.Read is not null && !family.Read(new FactCursor(record.BodyWithBlank), needs, facts))
                return false;
        }

        return true;
    }

    /// <summary>Whether records of a type tell a report anything, wherever they stand in their event.</summary>
    public bool Reads(RecordType type)
    {
        Family family = FamilyOf(type);
        return family.Read is not null || family.Kinds != EventKinds.None;
    }

    Family FamilyOf(RecordType type)
    {
        if ((int)type >= TypesMax)
            return Family.None;
        return _byType[(int)type] ??= new Family(EventKindTable.Of(type), FindRead(type));
    }

    ReadFacts? FindRead(RecordType type)
    {
        foreach ((RecordType first, RecordType last, FactKinds wanted, ReadFacts read) in s_families)
        {
            if (type >= first && type <= last)
                return wanted == Always || (needs & wanted) != 0 ? read : null;
        }

        return null;
    }

    /// <summary>What is known of a record type.</summary>
    sealed record Family(EventKinds Kinds, ReadFacts? Read)
    {
        public static readonly Family None = new(EventKinds.None, null);
    }
}
