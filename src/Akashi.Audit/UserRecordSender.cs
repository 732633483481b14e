using Akashi.Host;
using Akashi.Linux.Netlink;
using Akashi.Linux.UserRecords;
using Akashi.Records;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Audit;

/// <summary>Sends records to the kernel's audit, which stamps them with pid, uid, auid, ses and label and hands them to the daemon.</summary>
/// <remarks>
/// The process needs CAP_AUDIT_WRITE; root has it. For use from several threads at once: each call waits for the kernel's answer, which takes some
/// microseconds. A call allocates nothing once the sender is open. A message is free text: fields in it that come from elsewhere take
/// <see cref="FieldEncoding.EncodeField"/>. NUL, line feed and 0x1D become blanks wherever they stand, and all else that isn't the message is written in
/// hexadecimal digits where it holds blanks, quotes or control bytes: no text forges a record or a field. The forms are those of libaudit, to the byte.
/// </remarks>
/// <example>
/// <code>
/// using var sender = UserRecordSender.Open();
/// sender.SendMessage(UserRecordType.UsysConfig, "op=set-banner", isSuccess: true);
/// </code>
/// </example>
public sealed partial class UserRecordSender : IDisposable
{
    readonly IUserRecordWire _wire;
    readonly Lock _sending = new();
    readonly byte[] _executable;
    bool _isDisposed;

    internal UserRecordSender(IUserRecordWire wire)
    {
        _wire = wire;
        Span<byte> path = stackalloc byte[OwnProcess.TextLengthMax];
        path = path[..OwnProcess.FindExecutable(path)];
        if (path.IsEmpty)
            path = "?"u8.ToArray();
        _executable = new byte[EncodedText.EncodedLength(path)];
        EncodedText.Encode(path, _executable);
    }

    /// <summary>Opens the way to the kernel.</summary>
    /// <exception cref="AuditSendException">The kernel has no audit, or no descriptor is left.</exception>
    public static UserRecordSender Open()
    {
        try
        {
            return new UserRecordSender(new NetlinkWire(NetlinkSocket.Open()));
        }
        catch (KernelRequestException refusal)
        {
            throw Explain(refusal);
        }
    }

    /// <summary>Closes it. A sender that was closed throws ObjectDisposedException.</summary>
    public void Dispose()
    {
        lock (_sending)
        {
            _isDisposed = true;
            _wire.Dispose();
        }
    }

    uint Send(UserRecordType type, scoped in UserRecordText text)
    {
        const string Operation = "send a record";
        if (text.IsTooLong)
            throw TooLong();
        Span<byte> payload = stackalloc byte[UserRecordText.BytesMax + 1];
        text.Text.CopyTo(payload);
        payload[text.Text.Length] = 0;
        int result;
        lock (_sending)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            result = _wire.Make((int)type, payload[..(text.Text.Length + 1)]);
        }

        return result > 0
            ? (uint)result
            : throw Explain(KernelRefusal.Of(Operation, -result, 0, RefusalPoint.Answer, CAP_AUDIT_WRITE));
    }

    static void Check(UserRecordType type)
    {
        if ((int)type is not (AUDIT_USER or >= AUDIT_FIRST_USER_MSG and <= AUDIT_LAST_USER_MSG or >= AUDIT_FIRST_USER_MSG2 and <= AUDIT_LAST_USER_MSG2))
            throw new ArgumentOutOfRangeException(nameof(type), (int)type, "expected 1005, 1100 to 1199 or 2100 to 2999");
    }

    internal static AuditSendException TooLong() =>
        new($"cannot send a record: it would be longer than {UserRecordText.BytesMax} bytes", AuditSendError.TooLong, EMSGSIZE);

    static AuditSendException Explain(KernelRequestException refusal) => new(refusal.Message, refusal.Errno switch
    {
        EPERM => AuditSendError.NotPermitted,
        ECONNREFUSED or EPROTONOSUPPORT or EAFNOSUPPORT => AuditSendError.NoAudit,
        ETIMEDOUT => AuditSendError.NoAnswer,
        _ => AuditSendError.Other,
    }, refusal.Errno);
}
