using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>What the fields of a SYSCALL record need of one another: machine, system call and the first two arguments.</summary>
readonly ref struct SyscallContext
{
    SyscallContext(Machine machine, long number, ReadOnlySpan<byte> name, ulong a0, ulong a1, ArgumentKinds arguments)
    {
        Machine = machine;
        Number = number;
        Name = name;
        A0 = a0;
        A1 = a1;
        Arguments = arguments;
    }

    /// <summary>The system call's number; -1 where it has none.</summary>
    public long Number { get; }

    /// <summary>The machine; this one where the record names none that is known.</summary>
    public Machine Machine { get; }

    /// <summary>The system call's name; empty where it has none.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>What its arguments are: looked up once for the four of them.</summary>
    public ArgumentKinds Arguments { get; }

    public ulong A0 { get; }

    public ulong A1 { get; }

    public static SyscallContext Of(scoped in Record record, Machine own)
    {
        Machine machine = own;
        long call = -1;
        ReadOnlySpan<byte> name = default;
        ulong a0 = 0, a1 = 0;
        foreach (Field field in record.Fields)
        {
            if (field.Name.SequenceEqual("arch"u8) && RawNumber.TryHex(field.Value, out ulong elf))
                machine = ArchName.TryFind(elf, own, out Machine found) ? found : own;
            else if (field.Name.SequenceEqual("syscall"u8) && RawNumber.TryDecimal(field.Value, out long number))
                call = Syscalls.ForMachine(machine).TryGetName(number, out name) ? number : -1;
            else if (field.Name.SequenceEqual("a0"u8))
                RawNumber.TryHex(field.Value, out a0);
            else if (field.Name.SequenceEqual("a1"u8))
            {
                RawNumber.TryHex(field.Value, out a1);
                break;
            }
        }

        return new SyscallContext(machine, call, name, a0, a1, SyscallArguments.Of(name));
    }

    /// <summary>The same once more, out of what was kept of it.</summary>
    public static SyscallContext Again(Machine machine, long number, ulong a0, ulong a1, ArgumentKinds arguments)
    {
        Syscalls.ForMachine(machine).TryGetName(number, out ReadOnlySpan<byte> name);
        return new SyscallContext(machine, number, name, a0, a1, arguments);
    }
}
