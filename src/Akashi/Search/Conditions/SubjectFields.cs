using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Conditions;

/// <summary>Where the original doesn't take a record's user at its word.</summary>
/// <remarks>
/// Recorded runs show it: a TTY record's <c>uid</c> is passed over, and counts as root's where a name is searched; the users of io_uring's records are
/// not found by name, of the daemon's own only the login user.
/// </remarks>
static class SubjectFields
{
    const RecordType FirstDaemon = (RecordType)1200;
    const RecordType LastDaemon = (RecordType)1299;

    /// <summary>Whether a field of a record of that type can be found by a user's name.</summary>
    public static bool HasName(RecordType type, ReadOnlySpan<byte> name) => type switch
    {
        RecordType.Uringop => false,
        >= FirstDaemon and <= LastDaemon => name.SequenceEqual("auid"u8),
        _ => true,
    };

    /// <summary>Whether a field's own value isn't looked at.</summary>
    public static bool IsPassedOver(RecordType type, ReadOnlySpan<byte> name) => type == RecordType.Tty && name.SequenceEqual("uid"u8);
}
