using Akashi.Linux.Netlink;
using Akashi.Linux.Processes;

namespace Akashi.Linux.Tests.Netlink;

public class KernelRefusalTests
{
    const int EPERM = 1;
    const int EEXIST = 17;
    const int EPROTONOSUPPORT = 93;
    const int ETIMEDOUT = 110;
    const int ECONNREFUSED = 111;

    static readonly ProcessStanding s_root = new("CAP_AUDIT_CONTROL", true, true, true);

    [Fact]
    public void Each_cause_has_a_reason_of_its_own()
    {
        string?[] reasons =
        [
            KernelRefusal.Explain(EPROTONOSUPPORT, RefusalPoint.Socket, s_root),
            KernelRefusal.Explain(ECONNREFUSED, RefusalPoint.Send, s_root),
            KernelRefusal.Explain(ECONNREFUSED, RefusalPoint.Answer, s_root with { IsInFirstUserNamespace = false }),
            KernelRefusal.Explain(EPERM, RefusalPoint.Answer, s_root with { HasCapability = false }),
            KernelRefusal.Explain(EPERM, RefusalPoint.Answer, s_root with { IsInFirstProcessNamespace = false }),
            KernelRefusal.Explain(EPERM, RefusalPoint.ImmutableConfiguration, s_root),
            KernelRefusal.Explain(ETIMEDOUT, RefusalPoint.Answer, s_root),
        ];

        Assert.Equal<string?[]>(
            [
                "this kernel has no audit",
                "the kernel's audit is switched off (audit=0 at boot)",
                "a container has no way to the kernel's audit (user namespace)",
                "CAP_AUDIT_CONTROL is missing (root has it)",
                "a container has no way to the kernel's audit (process namespace)",
                "the audit configuration is immutable until the next boot",
                "the kernel's audit does not answer",
            ],
            reasons);
    }

    [Fact]
    public void Other_errors_speak_for_themselves()
    {
        Assert.Null(KernelRefusal.Explain(EEXIST, RefusalPoint.Answer, s_root));
        Assert.Equal(
            "cannot add the rule: File exists", KernelRefusal.Of("add the rule", EEXIST, 1, RefusalPoint.Answer).Message);
    }
}
