using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Tables;

namespace Akashi.Reports.Logins;

/// <summary>The last login of every user: the last USER_LOGIN of the trail that went well.</summary>
public sealed class LastLogins
{
    readonly Dictionary<uint, LastLogin> _byUser = [];

    /// <summary>Users with a login.</summary>
    public int Count => _byUser.Count;

    /// <summary>A user's last login; null for none.</summary>
    public LastLogin? Find(uint uid) => _byUser.GetValueOrDefault(uid);

    /// <summary>Takes the next event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        if (auditEvent[0].Type != RecordType.UserLogin)
            return;
        if (!auditEvent.TryFind("res"u8, out ReadOnlySpan<byte> result) || !LoginOutcome.IsSuccess(auditEvent[0], result))
            return;
        if (!auditEvent.TryFind("auid"u8, out ReadOnlySpan<byte> raw) || !RawNumber.TryDecimal(raw, out long auid))
            return;
        var walk = new FieldWalk(auditEvent);
        walk.TryFind("hostname"u8, out ReadOnlySpan<byte> host);
        walk.TryFind("terminal"u8, out ReadOnlySpan<byte> terminal);
        _byUser[(uint)auid] = new LastLogin(auditEvent.Stamp.UnixSeconds, terminal.ToArray(), host.ToArray());
    }
}
