using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>What the fields of a SYSCALL record need of one another: machine, system call and the first two arguments.</summary>
/// <param name="Machine">The machine; this one where the record names none that is known.</param>
/// <param name="Number">The system call's number; -1 where it has none.</param>
/// <param name="A0">The first argument.</param>
/// <param name="A1">The second argument.</param>
/// <param name="Arguments">What its arguments are: looked up once for the four of them.</param>
readonly record struct SyscallContext(Machine Machine, long Number, ulong A0, ulong A1, ArgumentKinds Arguments)
{
    public static SyscallContext Of(scoped in Record record, Machine own)
    {
        Machine machine = own;
        long call = -1;
        ArgumentKinds arguments = default;
        ulong a0 = 0, a1 = 0;
        foreach (Field field in record.Fields)
        {
            if (field.Name.SequenceEqual("arch"u8) && RawNumber.TryHex(field.Value, out ulong elf))
                machine = ArchName.TryFind(elf, own, out Machine found) ? found : own;
            else if (field.Name.SequenceEqual("syscall"u8) && RawNumber.TryDecimal(field.Value, out long number))
                call = SyscallArguments.TryGet(machine, number, out arguments) ? number : -1;
            else if (field.Name.SequenceEqual("a0"u8))
                RawNumber.TryHex(field.Value, out a0);
            else if (field.Name.SequenceEqual("a1"u8))
            {
                RawNumber.TryHex(field.Value, out a1);
                break;
            }
        }

        return new SyscallContext(machine, call, a0, a1, arguments);
    }

    /// <summary>The system call's name; empty where it has none.</summary>
    public ReadOnlySpan<byte> Name => Syscalls.ForMachine(Machine).TryGetName(Number, out ReadOnlySpan<byte> name) ? name : default;
}
