using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>The machine of an <c>arch=</c> number.</summary>
/// <remarks>
/// The classic tools are built for some machines only: those for x86, ppc and s390 know one another; arm's and riscv's are known where the tool runs on
/// one. Recorded runs show it (aarch64 is an <c>unknown-elf-type</c> on x86_64).
/// </remarks>
static class ArchName
{
    public static void Write(ReadOnlySpan<byte> value, Machine own, InterpretedText text)
    {
        if (!RawNumber.TryHex(value, out ulong elf))
        {
            RawNumber.WriteFault(value, text);
            return;
        }

        if (!TryFind(elf, own, out Machine machine))
        {
            text.Append("unknown-elf-type("u8);
            text.Append(value);
            text.AppendByte((byte)')');
            return;
        }

        if (MachineNames.Names.TryGetName((long)machine, out ReadOnlySpan<byte> name))
            text.Append(name);
        else
            text.Append(NameOutsideTheTable(machine));
    }

    /// <summary>The machine of a number, as far as tools on this machine know it.</summary>
    public static bool TryFind(ulong elf, Machine own, out Machine machine) =>
        Machines.TryFromElf((long)elf, out machine)
        && (MachineNames.Names.TryGetName((long)machine, out _) || machine == own || (own.TryGetTwin(out Machine twin) && machine == twin));

    static ReadOnlySpan<byte> NameOutsideTheTable(Machine machine) => machine switch
    {
        Machine.Aarch64 => "aarch64"u8,
        Machine.Arm => "arm"u8,
        Machine.Riscv32 => "riscv32"u8,
        Machine.Riscv64 => "riscv64"u8,
        _ => "unknown-machine-type"u8,
    };
}
