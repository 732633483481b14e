using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Ausyscall;

/// <summary>The manual of ausyscall.</summary>
static class AusyscallManual
{
    public static Manual Make(IReadOnlyList<IOptionRow> options) => new()
    {
        Usage = ["[MACHINE] NAME [--exact]", "[MACHINE] NUMBER", "[MACHINE] --dump"],
        Description = """
            `ausyscall` tells the number of a system call and the name of a number. Records hold numbers (`syscall=257`), rules may hold either, and which number
            is which call depends on the machine. A name may be a part: every call that contains it is listed.

            MACHINE is one of x86_64, i386, aarch64, arm, ppc64le, ppc64, ppc, s390x, s390, riscv64, riscv32, or b64 and b32 for this machine's own; without it,
            it is this machine. Words may stand in any order.
            """,
        Options = options,
        Operands = new(ValueKind.Syscall, "x86_64 i386 aarch64 arm ppc64le ppc64 ppc s390x s390 riscv64 riscv32 b64 b32"),
        ExitStatus = [("0", "Something was found."), ("1", "Nothing was found, or the words don't fit together.")],
        Examples =
        [
            ("ausyscall 257", "The name of a number on this machine."),
            ("ausyscall aarch64 open", "Every call of another machine whose name contains open."),
            ("ausyscall openat --exact", "The number of one call."),
        ],
        SeeAlso = ["auditctl(8)", "ausearch(8)", "syscalls(2)"],
        Section = 8,
    };
}
