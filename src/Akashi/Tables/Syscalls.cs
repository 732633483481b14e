namespace Akashi.Tables;

/// <summary>System calls by machine.</summary>
public static class Syscalls
{
    /// <summary>The system calls of a machine, or the operations of io_uring; empty where they aren't known (ia64, alpha).</summary>
    public static NameTable ForMachine(Machine machine) => machine switch
    {
        Machine.X86 => SyscallsI386.Names,
        Machine.X86_64 => SyscallsX86_64.Names,
        Machine.Ppc64 or Machine.Ppc or Machine.Ppc64Le => SyscallsPpc.Names,
        Machine.S390X => SyscallsS390x.Names,
        Machine.S390 => SyscallsS390.Names,
        Machine.Arm => SyscallsArm.Names,
        Machine.Aarch64 => SyscallsAarch64.Names,
        Machine.Riscv32 => SyscallsRiscv32.Names,
        Machine.Riscv64 => SyscallsRiscv64.Names,
        Machine.IoUring => IoUringOperations.Names,
        _ => default,
    };
}
