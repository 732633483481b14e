namespace Akashi.Linux.Interop;

/// <summary>
/// What user space and kernel share though no exported header of the kernel has it: libaudit.h declares it again,
/// kernel/audit.h and libaudit's MAX_AUDIT_MESSAGE_LENGTH are the sources.
/// </summary>
static unsafe partial class LibC
{
    /// <summary>The longest message of NETLINK_AUDIT, header and padding included: libaudit.h.</summary>
    internal const int MAX_AUDIT_MESSAGE_LENGTH = 8970;

    /// <summary>The answer to AUDIT_SIGNAL_INFO; the security context follows.</summary>
    internal struct audit_sig_info
    {
        public uint uid;
        public int pid;
    }
}
