using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Conditions;

/// <summary>Where the original doesn't take a record's user at its word.</summary>
/// <remarks>
/// Recorded runs show it: a TTY record's <c>uid</c> is passed over, and counts as root's where a name is searched; the users of the daemon's own records and of
/// io_uring's are not found by name.
/// </remarks>
static class SubjectFields
{
    const RecordType FirstDaemon = (RecordType)1200;
    const RecordType LastDaemon = (RecordType)1299;

    /// <summary>Whether the users of a record of that type can be found by name.</summary>
    public static bool HaveNames(RecordType type) => type is not (>= FirstDaemon and <= LastDaemon or RecordType.Uringop);

    /// <summary>Whether a field's own value isn't looked at.</summary>
    public static bool IsPassedOver(RecordType type, ReadOnlySpan<byte> name) => type == RecordType.Tty && name.SequenceEqual("uid"u8);
}
