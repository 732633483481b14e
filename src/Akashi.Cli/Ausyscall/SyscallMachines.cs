using System.Text;
using Akashi.Tables;

namespace Akashi.Cli.Ausyscall;

/// <summary>The machines that ausyscall's words name, and what it calls each.</summary>
/// <remarks>
/// <see cref="MachineNames"/> has what a common build of the original knows; Debian's knows the ARM machines too, and newer ones RISC-V: names
/// as uname(2) gives them, of which the original shows <c>armeb</c> for every 32-bit ARM.
/// </remarks>
static class SyscallMachines
{
    /// <summary>Reads a word: uname's name of a machine, <c>b32</c>, <c>b64</c> or <c>uring</c>.</summary>
    /// <param name="word">In lower case, as the names are.</param>
    /// <param name="running">The machine that b32 and b64 are meant for.</param>
    /// <param name="machine">The machine.</param>
    /// <returns>False where the word names none.</returns>
    public static bool TryRead(string word, Machine running, out Machine machine)
    {
        if (Machines.TryFromName(Encoding.UTF8.GetBytes(word), out machine))
            return true;
        (machine, bool isKnown) = word.ToLowerInvariant() switch
        {
            "b64" => (OfWidth(running, is64Bit: true), true),
            "b32" => (OfWidth(running, is64Bit: false), true),
            "uring" => (Machine.IoUring, true),
            "aarch64" or "armv8l" => (Machine.Aarch64, true),
            "arm" or "armeb" or "armv5tejl" or "armv5tel" or "armv6l" or "armv7l" => (Machine.Arm, true),
            "riscv32" => (Machine.Riscv32, true),
            "riscv64" => (Machine.Riscv64, true),
            _ => (running, false),
        };
        return isKnown;
    }

    /// <summary>What the original calls a machine.</summary>
    public static string NameOf(Machine machine) => machine switch
    {
        Machine.IoUring => "uring",
        Machine.Aarch64 => "aarch64",
        Machine.Arm => "armeb",
        Machine.Riscv32 => "riscv32",
        Machine.Riscv64 => "riscv64",
        _ => MachineNames.Names.TryGetName((long)machine, out ReadOnlySpan<byte> name) ? Encoding.ASCII.GetString(name) : "",
    };

    // ppc64le and the like have no twin: the machine itself stands for both widths.
    static Machine OfWidth(Machine running, bool is64Bit) =>
        Machines.Is64BitElf(running.ToElf()) != is64Bit && running.TryGetTwin(out Machine twin) ? twin : running;
}
