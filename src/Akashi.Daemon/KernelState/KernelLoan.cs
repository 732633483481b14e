namespace Akashi.Daemon.KernelState;

/// <summary>What a process adds to the kernel's audit for a while: enough to take away that and nothing else.</summary>
/// <param name="Rules">The rules, each as the bytes of a struct audit_rule_data as the kernel lists it; none that was loaded before.</param>
/// <param name="BacklogWaitTime">The wait that it sets; null where it leaves that alone.</param>
/// <param name="IsAll">
/// Whether the process changes nothing else, since another one owns the kernel's audit: then this is all that is ever put back, whoever owns it by then.
/// </param>
public sealed record KernelLoan(IReadOnlyList<byte[]> Rules, uint? BacklogWaitTime, bool IsAll);
