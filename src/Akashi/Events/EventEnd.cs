using Akashi.Tables;

namespace Akashi.Events;

/// <summary>Which record types end their event at once; any other event ends when a newer one is 2 seconds ahead.</summary>
public static class EventEnd
{
    /// <summary>Whether a record of that type is the last, or the only one, of its event.</summary>
    public static bool IsLast(RecordType type) =>
        type is RecordType.Proctitle or RecordType.Eoe or RecordType.User or RecordType.Kernel
        || (type > RecordType.Login && type < RecordType.Syscall)
        || type >= RecordType.AnomLoginFailures
        || (type >= RecordType.MacUnlblAllow && type <= RecordType.MacCalipsoDel);
}
