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
    // The first row that has the type counts.
    static readonly (RecordType First, RecordType Last, ReadFacts Read)[] s_families =
    [
        (RecordType.Syscall, RecordType.Syscall, SyscallFacts.TryRead),
        (RecordType.Path, RecordType.Path, PathFacts.TryRead),
        (RecordType.Cwd, RecordType.Cwd, PathFacts.TryReadDirectory),
        (RecordType.Sockaddr, RecordType.Sockaddr, AddressFacts.TryReadSocket),
        (RecordType.NetfilterPkt, RecordType.NetfilterPkt, AddressFacts.TryReadPacket),
        (RecordType.Login, RecordType.Login, LoginFacts.TryRead),
        (RecordType.UserAvc, RecordType.UserAvc, UserAccessFacts.TryRead),
        (RecordType.User, RecordType.User, UserFacts.TryRead),
        (RecordType.UserAuth, (RecordType)1199, UserFacts.TryRead),
        (RecordType.DaemonStart, RecordType.DaemonResume, DaemonFacts.TryReadAct),
        (RecordType.DaemonAccept, RecordType.DaemonClose, DaemonFacts.TryReadPeer),
        (RecordType.ConfigChange, RecordType.ConfigChange, SettingFacts.TryReadConfiguration),
        (RecordType.Tty, RecordType.Tty, TypingFacts.TryRead),
        (RecordType.NetfilterCfg, RecordType.NetfilterCfg, KernelActFacts.TryReadLoose),
        (RecordType.EventListener, RecordType.EventListener, KernelActFacts.TryReadLoose),
        (RecordType.FeatureChange, RecordType.FeatureChange, KernelActFacts.TryReadStrict),
        (RecordType.AnomLink, RecordType.AnomLink, KernelActFacts.TryReadStrict),
        (RecordType.Uringop, RecordType.Uringop, UringFacts.TryRead),
        (RecordType.Seccomp, RecordType.Seccomp, SeccompFacts.TryRead),
        (RecordType.Avc, RecordType.Avc, AccessFacts.TryReadKernel),
        (RecordType.AvcPath, RecordType.AvcPath, PathFacts.TryReadAccessPath),
        (RecordType.MacPolicyLoad, RecordType.MacUnlblStcdel, SettingFacts.TryReadAccessControl),
        (RecordType.AnomPromiscuous, RecordType.AnomAbend, AnomalyFacts.TryRead),
        (RecordType.IntegrityData, RecordType.IntegrityRule, IntegrityFacts.TryRead),
        (RecordType.AnomLoginFailures, (RecordType)2999, UserFacts.TryRead),
    ];

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
            ReadFacts? read = Find(record.Type);
            if (read is not null && !read(new FactCursor(record.BodyWithBlank), needs, facts))
                return false;
        }

        return true;
    }

    static ReadFacts? Find(RecordType type)
    {
        foreach ((RecordType first, RecordType last, ReadFacts read) in s_families)
        {
            if (type >= first && type <= last)
                return read;
        }

        return null;
    }
}
