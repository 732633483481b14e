using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>System calls and io_uring operations by name; calls that multiplex others name the one inside.</summary>
static class SyscallName
{
    public static void Write(in Record record, ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (!RawNumber.TryDecimal(value, out long number))
        {
            RawNumber.WriteFault(value, text);
            return;
        }

        SyscallContext context = SyscallContext.Of(record);
        NameTable names = record.Type == RecordType.Uringop
            ? Syscalls.ForMachine(Machine.IoUring)
            : Syscalls.ForMachine(context.Machine);
        if (!names.TryGetName(number, out ReadOnlySpan<byte> name))
        {
            text.Append("unknown-syscall("u8);
            text.Append(value);
            text.Append((byte)')');
            return;
        }

        text.Append(name);
        if (name.SequenceEqual("socketcall"u8))
            WriteInner(SocketCalls.Names, context.A0, text);
        else if (name.SequenceEqual("ipc"u8))
            WriteInner(IpcCalls.Names, context.A0, text);
    }

    static void WriteInner(NameTable calls, ulong call, InterpretedText text)
    {
        if (!calls.TryGetName((long)call, out ReadOnlySpan<byte> name))
            return;
        text.Append((byte)'(');
        text.Append(name);
        text.Append((byte)')');
    }
}
