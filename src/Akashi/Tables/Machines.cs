using System.Text;

namespace Akashi.Tables;

/// <summary>What belongs to a machine: its number in <c>arch=</c> of records and rules, its width, its twin of the other width.</summary>
/// <remarks>The numbers are AUDIT_ARCH_* of linux/audit.h; names are in <see cref="MachineNames"/>.</remarks>
public static class Machines
{
    const uint Is64Bit = 0x8000_0000;

    /// <summary>The machine of an <c>arch=</c> number.</summary>
    /// <returns>False where no machine has that number; the machine is X86 then.</returns>
    public static bool TryFromElf(long elf, out Machine machine)
    {
        (machine, bool known) = elf switch
        {
            0x4000_0003 => (Machine.X86, true),
            0xC000_003E => (Machine.X86_64, true),
            0xC000_0032 => (Machine.Ia64, true),
            0x8000_0015 => (Machine.Ppc64, true),
            0x0000_0014 => (Machine.Ppc, true),
            0x8000_0016 => (Machine.S390X, true),
            0x0000_0016 => (Machine.S390, true),
            0xC000_9026 => (Machine.Alpha, true),
            0x4000_0028 => (Machine.Arm, true),
            0xC000_00B7 => (Machine.Aarch64, true),
            0xC000_0015 => (Machine.Ppc64Le, true),
            0x4000_00F3 => (Machine.Riscv32, true),
            0xC000_00F3 => (Machine.Riscv64, true),
            _ => (Machine.X86, false),
        };
        return known;
    }

    /// <summary>The <c>arch=</c> number of a machine; 0 for IoUring, which has none.</summary>
    public static uint ToElf(this Machine machine) => machine switch
    {
        Machine.X86 => 0x4000_0003,
        Machine.X86_64 => 0xC000_003E,
        Machine.Ia64 => 0xC000_0032,
        Machine.Ppc64 => 0x8000_0015,
        Machine.Ppc => 0x0000_0014,
        Machine.S390X => 0x8000_0016,
        Machine.S390 => 0x0000_0016,
        Machine.Alpha => 0xC000_9026,
        Machine.Arm => 0x4000_0028,
        Machine.Aarch64 => 0xC000_00B7,
        Machine.Ppc64Le => 0xC000_0015,
        Machine.Riscv32 => 0x4000_00F3,
        Machine.Riscv64 => 0xC000_00F3,
        _ => 0,
    };

    /// <summary>Whether programs of the machine are 64 bit, __AUDIT_ARCH_64BIT of an <c>arch=</c> number.</summary>
    public static bool Is64BitElf(uint elf) => (elf & Is64Bit) != 0;

    /// <summary>The machine whose programs of the other width a kernel of this one runs too: b32 of b64, and back.</summary>
    /// <returns>False where there is none (ppc64le, ia64); the twin is the machine itself then.</returns>
    public static bool TryGetTwin(this Machine machine, out Machine twin)
    {
        twin = machine switch
        {
            Machine.X86_64 => Machine.X86,
            Machine.X86 => Machine.X86_64,
            Machine.Ppc64 => Machine.Ppc,
            Machine.Ppc => Machine.Ppc64,
            Machine.S390X => Machine.S390,
            Machine.S390 => Machine.S390X,
            Machine.Aarch64 => Machine.Arm,
            Machine.Arm => Machine.Aarch64,
            Machine.Riscv64 => Machine.Riscv32,
            Machine.Riscv32 => Machine.Riscv64,
            _ => machine,
        };
        return twin != machine;
    }

    /// <summary>The machine of uname(2)'s name, or another name that audit rules give it.</summary>
    /// <returns>False where the name is none; the machine is X86 then.</returns>
    public static bool TryFromName(ReadOnlySpan<byte> name, out Machine machine)
    {
        if (MachineNames.Names.TryGetNumberIgnoreCase(name, out long number))
        {
            machine = (Machine)number;
            return true;
        }
        machine = name switch
        {
            [.. var word] when Ascii.EqualsIgnoreCase(word, "aarch64"u8) => Machine.Aarch64,
            [.. var word] when Ascii.EqualsIgnoreCase(word, "riscv64"u8) => Machine.Riscv64,
            [.. var word] when Ascii.EqualsIgnoreCase(word, "riscv32"u8) => Machine.Riscv32,
            [.. var word] when IsArmName(word) => Machine.Arm,
            _ => Machine.X86,
        };
        return machine != Machine.X86;
    }

    /// <summary>The name of a machine, uname(2)'s.</summary>
    /// <returns>False where it has none; the name is empty then.</returns>
    public static bool TryGetName(this Machine machine, out ReadOnlySpan<byte> name)
    {
        name = machine switch
        {
            Machine.Aarch64 => "aarch64"u8,
            Machine.Riscv64 => "riscv64"u8,
            Machine.Riscv32 => "riscv32"u8,
            Machine.Arm => "arm"u8,
            _ => default,
        };
        return !name.IsEmpty || MachineNames.Names.TryGetName((long)machine, out name);
    }

    // arm, armeb, armv5tejl, armv7l and their kin.
    static bool IsArmName(ReadOnlySpan<byte> name) => name.Length is >= 3 and <= 9 && Ascii.EqualsIgnoreCase(name[..3], "arm"u8)
        && (name.Length == 3 || Ascii.EqualsIgnoreCase(name[3..], "eb"u8) || name[3] is (byte)'v' or (byte)'V');
}
