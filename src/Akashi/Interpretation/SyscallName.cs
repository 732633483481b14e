using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>System calls by name; calls that multiplex others name the one inside.</summary>
static class SyscallName
{
    /// <summary>Writes the name of a system call.</summary>
    /// <param name="context">What the record's other fields say.</param>
    /// <param name="isNameless">Whether its record is of those whose calls have no names.</param>
    /// <param name="value">Its number.</param>
    public static void Write(scoped in SyscallContext context, bool isNameless, scoped ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (!RawNumber.TryDecimal(value, out long number))
        {
            RawNumber.WriteFault(value, text);
            return;
        }

        NameTable names = isNameless ? default : Syscalls.ForMachine(context.Machine);
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
