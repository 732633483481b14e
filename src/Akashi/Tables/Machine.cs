namespace Akashi.Tables;

/// <summary>Machines, by libaudit's numbers MACH_*.</summary>
public enum Machine
{
    X86 = 0,
    X86_64 = 1,
    Ia64 = 2,
    Ppc64 = 3,
    Ppc = 4,
    S390X = 5,
    S390 = 6,
    Alpha = 7,
    Arm = 8,
    Aarch64 = 9,
    Ppc64Le = 10,

    /// <summary>Not a machine: the operations of io_uring, which take the place of system calls in its rules.</summary>
    IoUring = 11,
    Riscv32 = 12,
    Riscv64 = 13,
}
