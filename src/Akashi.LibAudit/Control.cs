using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akashi.Linux.Interop;
using Akashi.Linux.Netlink;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit;

/// <summary>Status, settings and features of the kernel's audit: requests whose data comes by audit_get_reply(3), and changes.</summary>
/// <remarks>Each is described by its page of section 3 of the manual. Nothing here allocates. Buffers: see <see cref="Logging"/>.</remarks>
static unsafe class Control
{
    // -EAU_FIELDNOSUPPORT of errormsg: the kernel doesn't offer what was asked for.
    const int NotSupported = -30;

    // AUDIT_FEATURE_BITMAP_LOST_RESET.
    const uint LostResetFeature = 0x20;

    // How many other messages audit_is_enabled passes over, and how long it waits for one.
    const int RepliesMax = 40;
    const int ReplyMilliseconds = 100;

    static uint s_features;

    /// <summary>In no header: any request, as audit 3.0's tools make it. Answers with its number, above 0, or a negative error number.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_send")]
    internal static int Send(int fd, int type, void* data, uint size) =>
        (data == null && size > 0) || size > RawRequest.PayloadLengthMax ? Requests.Fail(EINVAL) : Requests.Make(fd, type, new ReadOnlySpan<byte>(data, (int)size));

    [UnmanagedCallersOnly(EntryPoint = "audit_request_status")]
    internal static int RequestStatus(int fd) => Requests.Make(fd, AUDIT_GET, default);

    [UnmanagedCallersOnly(EntryPoint = "audit_request_features")]
    internal static int RequestFeatures(int fd)
    {
        var none = new audit_features();
        return Requests.Make(fd, AUDIT_GET_FEATURE, MemoryMarshal.AsBytes(new ReadOnlySpan<audit_features>(in none)));
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_request_rules_list_data")]
    internal static int RequestRulesListData(int fd) => Requests.Make(fd, AUDIT_LIST_RULES, default);

    [UnmanagedCallersOnly(EntryPoint = "audit_request_signal_info")]
    internal static int RequestSignalInfo(int fd) => Requests.Make(fd, AUDIT_SIGNAL_INFO, default);

    /// <summary>0 off, 1 on, 2 on and immutable; -1 where it can't be found out. Who may not ask, and where nobody answers, gets 0.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_is_enabled")]
    internal static int IsEnabled(int fd)
    {
        if (fd < 0)
            return 0;
        audit_status status;
        int result = AskStatus(fd, &status);
        return result switch
        {
            > 0 => (int)status.enabled,
            -ECONNREFUSED or -EPERM => 0,
            _ => -1,
        };
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_get_features")]
    internal static uint GetFeatures() => Features();

    [UnmanagedCallersOnly(EntryPoint = "audit_set_enabled")]
    internal static int SetEnabled(int fd, uint enabled) => Set(fd, new audit_status { mask = AUDIT_STATUS_ENABLED, enabled = enabled });

    [UnmanagedCallersOnly(EntryPoint = "audit_set_failure")]
    internal static int SetFailure(int fd, uint failure) => Set(fd, new audit_status { mask = AUDIT_STATUS_FAILURE, failure = failure });

    /// <summary>The acknowledgement is waited for in both modes: it's there when the request was sent.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_set_pid")]
    internal static int SetPid(int fd, uint pid, int wmode) => Set(fd, new audit_status { mask = AUDIT_STATUS_PID, pid = pid });

    [UnmanagedCallersOnly(EntryPoint = "audit_set_rate_limit")]
    internal static int SetRateLimit(int fd, uint limit) => Set(fd, new audit_status { mask = AUDIT_STATUS_RATE_LIMIT, rate_limit = limit });

    [UnmanagedCallersOnly(EntryPoint = "audit_set_backlog_limit")]
    internal static int SetBacklogLimit(int fd, uint limit) => Set(fd, new audit_status { mask = AUDIT_STATUS_BACKLOG_LIMIT, backlog_limit = limit });

    [UnmanagedCallersOnly(EntryPoint = "audit_set_backlog_wait_time")]
    internal static int SetBacklogWaitTime(int fd, uint bwt)
        => Set(fd, new audit_status { mask = AUDIT_STATUS_BACKLOG_WAIT_TIME, backlog_wait_time = bwt });

    /// <summary>The old count, or an error number, negative.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_reset_lost")]
    internal static int ResetLost(int fd)
        => (Features() & LostResetFeature) == 0 ? NotSupported : Reset(fd, AUDIT_STATUS_LOST);

    [UnmanagedCallersOnly(EntryPoint = "audit_reset_backlog_wait_time_actual")]
    internal static int ResetBacklogWaitTimeActual(int fd) => Reset(fd, AUDIT_STATUS_BACKLOG_WAIT_TIME_ACTUAL);

    [UnmanagedCallersOnly(EntryPoint = "audit_set_feature")]
    internal static int SetFeature(int fd, uint feature, uint value, uint @lock) => ChangeFeature(fd, feature, value, @lock);

    [UnmanagedCallersOnly(EntryPoint = "audit_set_loginuid_immutable")]
    internal static int SetLoginuidImmutable(int fd) => ChangeFeature(fd, AUDIT_FEATURE_LOGINUID_IMMUTABLE, 1, 1);

    [UnmanagedCallersOnly(EntryPoint = "audit_trim_subtrees")]
    internal static int TrimSubtrees(int fd) => Requests.Make(fd, AUDIT_TRIM, default);

    /// <summary>Two u32 lengths, then both paths without NUL.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_make_equivalent")]
    internal static int MakeEquivalent(int fd, byte* mountPoint, byte* subtree) => SendEquivalent(fd, mountPoint, subtree);

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int SendEquivalent(int fd, byte* mountPoint, byte* subtree)
    {
        if (mountPoint == null || subtree == null)
            return Requests.Fail(EFAULT);
        ReadOnlySpan<byte> mount = CText.Of(mountPoint), tree = CText.Of(subtree);
        Span<byte> payload = stackalloc byte[MAX_AUDIT_MESSAGE_LENGTH];
        if (mount.Length > payload.Length || tree.Length > payload.Length - mount.Length - 8)
            return Requests.Fail(EINVAL);
        MemoryMarshal.Write(payload, mount.Length);
        MemoryMarshal.Write(payload[4..], tree.Length);
        mount.CopyTo(payload[8..]);
        tree.CopyTo(payload[(8 + mount.Length)..]);
        return Requests.Make(fd, AUDIT_MAKE_EQUIV, payload[..(8 + mount.Length + tree.Length)]);
    }

    static int Set(int fd, in audit_status status)
        => Requests.Make(fd, AUDIT_SET, MemoryMarshal.AsBytes(new ReadOnlySpan<audit_status>(in status)));

    static int Reset(int fd, uint mask)
    {
        var status = new audit_status { mask = mask };
        int result = Requests.Make(fd, AUDIT_SET, MemoryMarshal.AsBytes(new ReadOnlySpan<audit_status>(in status)), out int old);
        return result < 0 ? result : old;
    }

    static int ChangeFeature(int fd, uint feature, uint value, uint @lock)
    {
        int bit = (int)feature;
        var features = new audit_features
        {
            vers = AUDIT_FEATURE_VERSION, mask = 1u << bit, features = (value != 0 ? 1u : 0) << bit, @lock = (@lock != 0 ? 1u : 0) << bit,
        };
        return Requests.Make(fd, AUDIT_SET_FEATURE, MemoryMarshal.AsBytes(new ReadOnlySpan<audit_features>(in features)));
    }

    static uint Features()
    {
        if (s_features != 0)
            return s_features;
        int fd = PlainLibC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT);
        if (fd < 0)
            return 0;
        audit_status status;
        if (AskStatus(fd, &status) > 0)
            s_features = status.feature_bitmap;
        _ = PlainLibC.close(fd);
        return s_features;
    }

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int AskStatus(int fd, audit_status* status)
    {
        *status = default;
        int result = Requests.Make(fd, AUDIT_GET, default);
        if (result < 0)
            return result;
        byte* message = stackalloc byte[MAX_AUDIT_MESSAGE_LENGTH];
        for (int count = 0; count < RepliesMax; count++)
        {
            int length = Replies.Receive(fd, new Span<byte>(message, MAX_AUDIT_MESSAGE_LENGTH), MSG_DONTWAIT);
            if (length == -EAGAIN)
            {
                var wait = new pollfd { fd = fd, events = POLLIN };
                _ = PlainLibC.poll(&wait, 1, ReplyMilliseconds);
                continue;
            }

            if (length < 0)
                return length;
            if (((nlmsghdr*)message)->nlmsg_type != AUDIT_GET)
                continue;
            // An older kernel's is shorter.
            int known = Math.Min(length - NLMSG_HDRLEN, sizeof(audit_status));
            new ReadOnlySpan<byte>(message + NLMSG_HDRLEN, known).CopyTo(new Span<byte>(status, sizeof(audit_status)));
            return result;
        }

        return -ETIMEDOUT;
    }
}
