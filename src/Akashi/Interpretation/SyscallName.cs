using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>System calls by name; calls that multiplex others name the one inside.</summary>
static class SyscallName
{
    public static void Write(scoped ref RecordContext record, scoped ReadOnlySpan<byte> value, Machine own, InterpretedText text)
    {
        if (!RawNumber.TryDecimal(value, out long number))
        {
            RawNumber.WriteFault(value, text);
            return;
        }

        // The original has no names for io_uring's operations, unless the recording machine looked them up.
        SyscallContext context = record.Syscall(own);
        NameTable names = record.Type == RecordType.Uringop ? default : Syscalls.ForMachine(context.Machine);
        if (!names.TryGetName(number, out ReadOnlySpan<byte> name))
        {
            text.Append("unknown-syscall("u8);
            text.Append(value);
            text.AppendByte((byte)')');
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
        text.AppendByte((byte)'(');
        text.Append(name);
        text.AppendByte((byte)')');
    }
}
