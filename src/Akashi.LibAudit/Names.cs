using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Akashi.Tables;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit;

/// <summary>Names to numbers and back: -1 for a name, NULL for a number that no table knows. Letters of either case.</summary>
static unsafe class Names
{
    // Slots of CNames; those of machines' system calls come after, one a machine.
    const int FieldSlot = 0, FlagSlot = 1, ActionSlot = 2, TypeSlot = 3, MachineSlot = 4, OperatorSlot = 5;
    const int ErrnoSlot = 6, FileTypeSlot = 7, FileSystemSlot = 8, SyscallSlot = 10;
    const int MachineCount = 14;

    // The kernel's list of io_uring rules, AUDIT_FILTER_URING_EXIT: the recorded table has no name for it.
    const int IoUringList = 7;

    const int FirstAppArmor = 1500, LastAppArmor = 1507;

    // Of UNKNOWN[…] libaudit reads so many digits.
    const int UnknownDigitsMax = 7;

    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_field")]
    internal static int NameToField(byte* field) => Number(RuleFields.Names, field);

    [UnmanagedCallersOnly(EntryPoint = "audit_field_to_name")]
    internal static byte* FieldToName(int field) => CNames.Find(FieldSlot, RuleFields.Names, field);

    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_syscall")]
    internal static int NameToSyscall(byte* sc, int machine) => IsMachine(machine) ? Number(Syscalls.ForMachine((Machine)machine), sc) : -1;

    [UnmanagedCallersOnly(EntryPoint = "audit_syscall_to_name")]
    internal static byte* SyscallToName(int sc, int machine)
        => IsMachine(machine) ? CNames.Find(SyscallSlot + machine, Syscalls.ForMachine((Machine)machine), sc) : null;

    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_uringop")]
    internal static int NameToUringop(byte* uringop) => Number(IoUringOperations.Names, uringop);

    [UnmanagedCallersOnly(EntryPoint = "audit_uringop_to_name")]
    internal static byte* UringopToName(int uringop) => CNames.Find(SyscallSlot + (int)Machine.IoUring, IoUringOperations.Names, uringop);

    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_flag")]
    internal static int NameToFlag(byte* flag)
        => Ascii.EqualsIgnoreCase(CText.Of(flag), "io_uring"u8) ? IoUringList : Number(FilterLists.Names, flag);

    [UnmanagedCallersOnly(EntryPoint = "audit_flag_to_name")]
    internal static byte* FlagToName(int flag)
        => flag == IoUringList ? CText.Constant("io_uring\0"u8) : CNames.Find(FlagSlot, FilterLists.Names, flag);

    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_action")]
    internal static int NameToAction(byte* action) => Number(RuleActions.Names, action);

    [UnmanagedCallersOnly(EntryPoint = "audit_action_to_name")]
    internal static byte* ActionToName(int action) => CNames.Find(ActionSlot, RuleActions.Names, action);

    /// <summary>Numbers are taken too, and <c>UNKNOWN[1234]</c>.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_msg_type")]
    internal static int NameToMsgType(byte* msgType) => TypeNumber(CText.Of(msgType));

    /// <summary>As audit_name_to_msg_type does.</summary>
    internal static int TypeNumber(ReadOnlySpan<byte> text)
    {
        if (RecordTypes.Names.TryGetNumberIgnoreCase(text, out long number))
            return (int)number;
        ReadOnlySpan<byte> unknown = "UNKNOWN["u8;
        for (int armored = FirstAppArmor; armored <= LastAppArmor; armored++)
        {
            if (Ascii.EqualsIgnoreCase(text, CText.Of(TypeName(armored))))
                return armored;
        }

        if (text.StartsWith(unknown))
        {
            int end = text.IndexOf((byte)']');
            return end < 0 ? -1 : LeadingNumber(text[unknown.Length..Math.Min(end, unknown.Length + UnknownDigitsMax)]);
        }

        return !text.IsEmpty && char.IsAsciiDigit((char)text[0]) ? LeadingNumber(text) : -1;
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_msg_type_to_name")]
    internal static byte* MsgTypeToName(int msgType) => TypeName(msgType);

    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_machine")]
    internal static int NameToMachine(byte* machine) => FindMachine(CText.Of(machine));

    [UnmanagedCallersOnly(EntryPoint = "audit_machine_to_name")]
    internal static byte* MachineToName(int machine) => (Machine)machine switch
    {
        Machine.Arm => CText.Constant("arm\0"u8),
        Machine.Aarch64 => CText.Constant("aarch64\0"u8),
        Machine.Riscv32 => CText.Constant("riscv32\0"u8),
        Machine.Riscv64 => CText.Constant("riscv64\0"u8),
        _ => CNames.Find(MachineSlot, MachineNames.Names, machine),
    };

    [UnmanagedCallersOnly(EntryPoint = "audit_machine_to_elf")]
    internal static uint MachineToElf(int machine) => IsKnown(machine) ? ((Machine)machine).ToElf() : 0;

    [UnmanagedCallersOnly(EntryPoint = "audit_elf_to_machine")]
    internal static int ElfToMachine(uint elf) => Machines.TryFromElf(elf, out Machine machine) && IsKnown((int)machine) ? (int)machine : -1;

    /// <summary>The machine that runs, by uname(2); -1 where it's none of these.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_detect_machine")]
    internal static int DetectMachine() => OwnMachine();

    /// <summary>The machine of <c>b64</c>, <c>b32</c>, a name or an AUDIT_ARCH_ number in hexadecimal; -4 for none, -6 where this one doesn't run such programs.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_determine_machine")]
    internal static int DetermineMachine(byte* arch)
    {
        const int Unknown = -4, WidthUnsupported = -6;
        ReadOnlySpan<byte> text = CText.Of(arch);
        bool is64Bit = Ascii.EqualsIgnoreCase(text, "b64"u8);
        if (is64Bit || Ascii.EqualsIgnoreCase(text, "b32"u8))
        {
            var own = (Machine)OwnMachine();
            if (own < 0)
                return Unknown;
            if (Machines.Is64BitElf(own.ToElf()) == is64Bit)
                return (int)own;
            return own.TryGetTwin(out Machine twin) ? (int)twin : WidthUnsupported;
        }

        int named = FindMachine(text);
        if (named >= 0)
            return named;
        ReadOnlySpan<byte> digits = text.StartsWith("0x"u8) ? text[2..] : text;
        return Utf8Parser.TryParse(digits, out uint elf, out int used, 'x') && used == digits.Length
            && Machines.TryFromElf(elf, out Machine numbered) && IsKnown((int)numbered)
            ? (int)numbered
            : Unknown;
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_operator_to_symbol")]
    internal static byte* OperatorToSymbol(int op) => CNames.Find(OperatorSlot, RuleOperators.Names, op);

    /// <summary>The number, negative of a name with <c>-</c> before it; 0 for none.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_errno")]
    internal static int NameToErrno(byte* error)
    {
        ReadOnlySpan<byte> text = CText.Of(error);
        bool isNegative = text.StartsWith((byte)'-');
        if (!Errnos.Names.TryGetNumberIgnoreCase(isNegative ? text[1..] : text, out long number))
            return 0;
        return isNegative ? (int)-number : (int)number;
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_errno_to_name")]
    internal static byte* ErrnoToName(int error) => CNames.Find(ErrnoSlot, Errnos.Names, error);

    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_ftype")]
    internal static int NameToFtype(byte* name) => Number(FileTypes.Names, name);

    [UnmanagedCallersOnly(EntryPoint = "audit_ftype_to_name")]
    internal static byte* FtypeToName(int ftype) => CNames.Find(FileTypeSlot, FileTypes.Names, ftype);

    [UnmanagedCallersOnly(EntryPoint = "audit_name_to_fstype")]
    internal static int NameToFstype(byte* name) => Number(FileSystemTypes.Names, name);

    [UnmanagedCallersOnly(EntryPoint = "audit_fstype_to_name")]
    internal static byte* FstypeToName(int fstype) => CNames.Find(FileSystemSlot, FileSystemTypes.Names, (uint)fstype);

    /// <summary>The machine that runs; -1 where it's none of these.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int OwnMachine()
    {
        utsname names;
        return uname(&names) == 0 ? FindMachine(CText.Of(names.machine)) : -1;
    }

    static int Number(NameTable table, byte* name)
        => name != null && table.TryGetNumberIgnoreCase(CText.Of(name), out long number) ? (int)number : -1;

    /// <summary>As audit_msg_type_to_name does.</summary>
    internal static byte* TypeName(int msgType) => msgType switch
    {
        // The recorded table was built without AppArmor; libraries of distributions that have it know them.
        1500 => CText.Constant("APPARMOR\0"u8),
        1501 => CText.Constant("APPARMOR_AUDIT\0"u8),
        1502 => CText.Constant("APPARMOR_ALLOWED\0"u8),
        1503 => CText.Constant("APPARMOR_DENIED\0"u8),
        1504 => CText.Constant("APPARMOR_HINT\0"u8),
        1505 => CText.Constant("APPARMOR_STATUS\0"u8),
        1506 => CText.Constant("APPARMOR_ERROR\0"u8),
        1507 => CText.Constant("APPARMOR_KILL\0"u8),
        _ => CNames.Find(TypeSlot, RecordTypes.Names, msgType),
    };

    static int FindMachine(ReadOnlySpan<byte> name) => Machines.TryFromName(name, out Machine machine) ? (int)machine : -1;

    // As atoi(3): digits from the beginning, however far they go.
    static int LeadingNumber(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out int number, out _) ? number : 0;

    static bool IsMachine(int machine) => machine is >= 0 and < MachineCount;

    // Those whose system calls are known; ia64 and alpha have gone.
    static bool IsKnown(int machine) => IsMachine(machine) && (Machine)machine is not (Machine.Ia64 or Machine.Alpha or Machine.IoUring);
}
