using System.Runtime.InteropServices;
using System.Text;
using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>Requests to the kernel's audit over NETLINK_AUDIT, one at a time.</summary>
/// <remarks>Source: kernel/audit.c (audit_receive_msg), linux/audit.h. Reading needs CAP_AUDIT_CONTROL as changing
/// does.</remarks>
public sealed partial class AuditKernel : IAuditKernel
{
    /// <summary>The longest text of a user message in bytes, so that with header, NUL and padding it stays within
    /// 8970.</summary>
    /// <remarks>Of types other than USER_TTY the kernel keeps 8560 bytes (AUDIT_MESSAGE_TEXT_MAX) and drops the rest.</remarks>
    public const int UserMessageLengthMax = ((MAX_AUDIT_MESSAGE_LENGTH - NLMSG_HDRLEN) & ~(NLMSG_ALIGNTO - 1)) - 1;

    // sizeof(struct audit_rule_data) without its strings.
    const int RuleLengthMin = 12 + (4 * 64 * 4) + 4;

    // sizeof(struct audit_sig_info) without the context.
    const int SignalSenderLength = 8;

    readonly NetlinkSocket _socket = NetlinkSocket.Open();

    /// <inheritdoc/>
    public AuditStatus GetStatus()
    {
        byte[] reply = Ask("get the audit status", AUDIT_GET, []);
        return DecodeStatus(reply);
    }

    /// <inheritdoc/>
    public uint SetStatus(AuditStatusMask mask, in AuditStatus status)
    {
        var set = new audit_status
        {
            mask = (uint)mask,
            enabled = status.Enabled,
            failure = status.Failure,
            pid = status.Pid,
            rate_limit = status.RateLimit,
            backlog_limit = status.BacklogLimit,
            lost = status.Lost,
            backlog_wait_time = status.BacklogWaitTime,
            backlog_wait_time_actual = status.BacklogWaitTimeActual,
        };
        return (uint)Exchange("set the audit status", AUDIT_SET, AsBytes(in set), ReplyShape.Acknowledgement).Result;
    }

    /// <inheritdoc/>
    public AuditFeatures GetFeatures()
    {
        audit_features features = ReadPadded<audit_features>(Ask("get the audit features", AUDIT_GET_FEATURE, []));
        return new AuditFeatures(features.mask, features.features, features.@lock);
    }

    /// <inheritdoc/>
    public void SetFeatures(in AuditFeatures features)
    {
        var set = new audit_features
        {
            vers = AUDIT_FEATURE_VERSION, mask = features.Mask, features = features.Features, @lock = features.Lock,
        };
        Exchange("set the audit features", AUDIT_SET_FEATURE, AsBytes(in set), ReplyShape.Acknowledgement);
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> ListRules()
        => Exchange("list the rules", AUDIT_LIST_RULES, [], ReplyShape.List).Data;

    /// <inheritdoc/>
    public void AddRule(ReadOnlySpan<byte> rule)
    {
        CheckRule(rule);
        Change("add the rule", AUDIT_ADD_RULE, rule);
    }

    /// <inheritdoc/>
    public void DeleteRule(ReadOnlySpan<byte> rule)
    {
        CheckRule(rule);
        Change("delete the rule", AUDIT_DEL_RULE, rule);
    }

    /// <inheritdoc/>
    public void SendUserMessage(int type, ReadOnlySpan<byte> text)
    {
        if (type is not (AUDIT_USER or >= AUDIT_FIRST_USER_MSG and <= AUDIT_LAST_USER_MSG
            or >= AUDIT_FIRST_USER_MSG2 and <= AUDIT_LAST_USER_MSG2))
            throw new ArgumentOutOfRangeException(nameof(type), type, "expected 1005, 1100 to 1199 or 2100 to 2999");
        if (text.Length is 0 or > UserMessageLengthMax)
            throw new ArgumentException($"the text has {text.Length} bytes, expected 1 to {UserMessageLengthMax}", nameof(text));

        // The kernel overwrites the last byte with NUL (but for USER_TTY): without one of ours it would cut the text.
        // nlmsg_len must not count the padding, which would stand in the record of a USER_TTY.
        byte[] payload = new byte[text.Length + 1];
        text.CopyTo(payload);
        Exchange("send a user message", (ushort)type, payload, ReplyShape.Acknowledgement, CAP_AUDIT_WRITE);
    }

    /// <inheritdoc/>
    public SignalSender GetSignalSender()
    {
        byte[] reply = Ask("get the sender of the signal", AUDIT_SIGNAL_INFO, []);
        return DecodeSignalSender(reply);
    }

    /// <summary>From now on the kernel logs nothing that this process, and those it starts, read from terminals: pam_tty_audit(8) undone for itself.</summary>
    /// <remarks>Asked back: it holds when this returns.</remarks>
    /// <exception cref="KernelRequestException">Refused: no CAP_AUDIT_CONTROL, or a container; or the kernel goes on logging.</exception>
    public void LeaveTerminalsAlone()
    {
        audit_tty_status none = default;
        Exchange("turn off TTY auditing", AUDIT_TTY_SET, AsBytes(in none), ReplyShape.Acknowledgement);

        // enabled, log_passwd: the first word decides.
        byte[] reply = Ask("ask for TTY auditing", AUDIT_TTY_GET, []);
        if (reply.Length < sizeof(uint) || BitConverter.ToUInt32(reply) != 0)
            throw new KernelRequestException("turn off TTY auditing", 0, 0, "the kernel goes on with it");
    }

    /// <inheritdoc/>
    public void Trim() => Exchange("trim the watched trees", AUDIT_TRIM, [], ReplyShape.Acknowledgement);

    /// <inheritdoc/>
    public void MakeEquivalent(string mount, string subtree)
    {
        ArgumentException.ThrowIfNullOrEmpty(mount);
        ArgumentException.ThrowIfNullOrEmpty(subtree);

        // Two u32 lengths, then both paths, without NUL.
        int mountLength = Encoding.UTF8.GetByteCount(mount);
        int subtreeLength = Encoding.UTF8.GetByteCount(subtree);
        byte[] payload = new byte[8 + mountLength + subtreeLength];
        BitConverter.TryWriteBytes(payload, mountLength);
        BitConverter.TryWriteBytes(payload.AsSpan(4), subtreeLength);
        Encoding.UTF8.GetBytes(mount, payload.AsSpan(8));
        Encoding.UTF8.GetBytes(subtree, payload.AsSpan(8 + mountLength));
        Exchange("make the trees equivalent", AUDIT_MAKE_EQUIV, payload, ReplyShape.Acknowledgement);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>Reads a struct audit_status; an older kernel's is shorter, and its missing members are 0.</summary>
    internal static AuditStatus DecodeStatus(ReadOnlySpan<byte> reply)
    {
        audit_status status = ReadPadded<audit_status>(reply);
        return new AuditStatus(
            status.enabled, status.failure, status.pid, status.rate_limit, status.backlog_limit, status.lost, status.backlog,
            status.feature_bitmap, status.backlog_wait_time, status.backlog_wait_time_actual);
    }

    /// <summary>Reads a struct audit_sig_info and the context behind it, which may end with a NUL.</summary>
    internal static SignalSender DecodeSignalSender(ReadOnlySpan<byte> reply)
    {
        audit_sig_info sender = ReadPadded<audit_sig_info>(reply);
        ReadOnlySpan<byte> context = reply[Math.Min(reply.Length, SignalSenderLength)..];
        return new SignalSender(sender.uid, (uint)sender.pid, Encoding.UTF8.GetString(context.SliceToNul()));
    }

    static void CheckRule(ReadOnlySpan<byte> rule)
    {
        if (rule.Length is < RuleLengthMin or > MAX_AUDIT_MESSAGE_LENGTH - NLMSG_HDRLEN)
            throw new ArgumentException($"the rule has {rule.Length} bytes, expected {RuleLengthMin} or more", nameof(rule));
    }

    static ReadOnlySpan<byte> AsBytes<T>(in T value) where T : unmanaged
        => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));

    static T ReadPadded<T>(ReadOnlySpan<byte> bytes) where T : unmanaged
    {
        T value = default;
        Span<byte> whole = MemoryMarshal.AsBytes(new Span<T>(ref value));
        bytes[..Math.Min(bytes.Length, whole.Length)].CopyTo(whole);
        return value;
    }
}
