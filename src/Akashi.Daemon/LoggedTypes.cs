using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>Which messages of the kernel's socket become records of the trail.</summary>
public static class LoggedTypes
{
    /// <summary>Whether a message is written to disk.</summary>
    /// <remarks>
    /// Answers to requests (1000 to 1099 but USER and LOGIN) and AUDIT_REPLACE are talk between kernel and daemon. The daemon's own types (1200 to 1299)
    /// never come from the kernel: who sends them forges. An end-of-event record says nothing that a reader needs.
    /// </remarks>
    public static bool IsLogged(ushort type) => type switch
    {
        (ushort)RecordType.User or (ushort)RecordType.Login => true,
        < 1100 => false,
        >= 1200 and <= 1299 => false,
        (ushort)RecordType.Eoe or 1329 => false,
        _ => true,
    };
}
