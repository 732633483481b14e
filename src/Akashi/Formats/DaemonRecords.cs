using Akashi.Tables;

namespace Akashi.Formats;

/// <summary>Which records the audit daemon wrote about itself.</summary>
static class DaemonRecords
{
    const RecordType First = (RecordType)1200;
    const RecordType Last = (RecordType)1299;

    /// <summary>Whether a type is of the daemon's family, 1200 to 1299.</summary>
    public static bool Contains(RecordType type) => type is >= First and <= Last;
}
