using Akashi.Host;
using Akashi.Linux.Processes;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Netlink;

/// <summary>Where a request to the kernel failed: the same error number means different things.</summary>
enum RefusalPoint
{
    /// <summary>Making the socket.</summary>
    Socket,

    /// <summary>Sending: nobody listens in the kernel.</summary>
    Send,

    /// <summary>The kernel's answer.</summary>
    Answer,

    /// <summary>The kernel's answer to a change, while its configuration is immutable (enabled 2).</summary>
    ImmutableConfiguration,

    /// <summary>Joining the multicast group.</summary>
    Group,
}

/// <summary>Turns an error number of the kernel's audit into the reason a person can act on.</summary>
static class KernelRefusal
{
    /// <summary>Makes the exception.</summary>
    /// <param name="operation">What was asked: <c>add a rule</c>.</param>
    /// <param name="errno">Positive.</param>
    /// <param name="sequence">nlmsg_seq of the request; 0 where none was sent.</param>
    /// <param name="point">Where it failed.</param>
    /// <param name="capability">The capability that the request takes, CAP_AUDIT_*.</param>
    internal static KernelRequestException Of(
        string operation, int errno, uint sequence, RefusalPoint point, int capability = CAP_AUDIT_CONTROL)
    {
        string? reason = Explain(errno, point, ProcessStanding.Of(capability));
        return new KernelRequestException(operation, errno, sequence, reason ?? ErrorText.Of(errno));
    }

    /// <summary>The reason in one line; null where the error number's own words say all there is to say.</summary>
    /// <remarks>
    /// Source: audit_netlink_ok in kernel/audit.c. It refuses other user namespaces with ECONNREFUSED, and with
    /// EPERM both other process namespaces and a missing capability. sendto(2) itself says ECONNREFUSED where the
    /// kernel never made its socket (audit=0).
    /// </remarks>
    internal static string? Explain(int errno, RefusalPoint point, ProcessStanding standing) => errno switch
    {
        EPROTONOSUPPORT or EAFNOSUPPORT => "this kernel has no audit",
        ECONNREFUSED when !standing.IsInFirstUserNamespace => "a container has no way to the kernel's audit (user namespace)",
        ECONNREFUSED when point == RefusalPoint.Send => "the kernel's audit is switched off (audit=0 at boot)",
        ECONNREFUSED => "a container has no way to the kernel's audit",
        EPERM when !standing.HasCapability => $"{standing.CapabilityName} is missing (root has it)",
        EPERM when !standing.IsInFirstUserNamespace => "a container has no way to the kernel's audit (user namespace)",
        EPERM when !standing.IsInFirstProcessNamespace => "a container has no way to the kernel's audit (process namespace)",
        EPERM when point == RefusalPoint.ImmutableConfiguration => "the audit configuration is immutable until the next boot",
        ETIMEDOUT => "the kernel's audit does not answer",
        _ => null,
    };
}
