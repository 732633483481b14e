using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>The arguments a0 to a3 of a system call.</summary>
static class SyscallArgument
{
    const int CurrentDirectory = -100;
    const int ClocksMax = 7;
    const ulong CreateFlag = 0x40;
    const ulong CloseOnExecFlag = 1;
    const int SetFd = 2;
    const int SetOwner = 8;
    const int ReadCapability = 23;
    const int DropCapability = 24;
    const int SetDeathSignal = 1;
    const ulong SocketTypeMask = 0xFF;

    // The original stops before PROT_GROWSDOWN and PROT_GROWSUP.
    const ulong ProtectionMask = 0xF;
    const ulong SignalsMax = 32;

    /// <summary>Writes an argument.</summary>
    /// <param name="context">What the record's other fields say.</param>
    /// <param name="index">0 to 3.</param>
    /// <param name="value">Its hexadecimal digits.</param>
    public static void Write(
        scoped in SyscallContext context, int index, scoped ReadOnlySpan<byte> value, IAccounts accounts, InterpretedText text)
    {
        ArgumentKind kind = context.Arguments[index];
        if (kind == ArgumentKind.Hex)
        {
            text.Append("0x"u8);
            text.Append(value);
        }
        else if (RawNumber.TryHex(value, out ulong number))
            Write(kind, number, value, context, accounts, text);
        else
            RawNumber.WriteFault(value, text);
    }

    static void Write(
        ArgumentKind kind, ulong number, ReadOnlySpan<byte> value, scoped in SyscallContext context, IAccounts accounts, InterpretedText text)
    {
        int start = text.Bytes.Length;
        switch (kind)
        {
            case ArgumentKind.Directory:
                if ((int)number == CurrentDirectory)
                    text.Append("AT_FDCWD"u8);
                else
                    NameLookup.WriteHex(number, text);
                break;
            case ArgumentKind.User:
                AccountName.WriteUser((uint)number, accounts, text);
                break;
            case ArgumentKind.Group:
                AccountName.WriteGroup((uint)number, accounts, text);
                break;
            case ArgumentKind.Signal:
                NameLookup.Write(Signals.Names, (long)number, "unknown-signal"u8, text);
                break;
            case ArgumentKind.Clock:
                if (number < ClocksMax)
                    NameLookup.Write(Clocks.Names, (long)number, "unknown-clk_id"u8, text);
                else
                    WriteUnknown("unknown-clk_id(0x"u8, value, text);
                break;
            case ArgumentKind.Personality:
                PersonalityName.Write(number, text);
                break;
            case ArgumentKind.PtraceRequest:
                WriteNamed(PtraceRequests.Names, number, "unknown-ptrace(0x"u8, value, text);
                break;
            case ArgumentKind.PrctlOption:
                WriteNamed(PrctlOptions.Names, number, "unknown-prctl-option(0x"u8, value, text);
                break;
            case ArgumentKind.PrctlValue when context.A0 is ReadCapability or DropCapability:
                WriteNamed(Capabilities.Names, number, "unknown-capability(0x"u8, value, text);
                break;
            case ArgumentKind.PrctlValue when context.A0 == SetDeathSignal:
                NameLookup.Write(Signals.Names, (long)number, "unknown-signal"u8, text);
                break;
            case ArgumentKind.ResourceLimit:
                WriteNamed(ResourceLimits.Names, number, "unknown-rlimit(0x"u8, value, text);
                break;
            case ArgumentKind.ExitCode:
                text.Append(number switch { 0 => "EXIT_SUCCESS"u8, 1 => "EXIT_FAILURE"u8, _ => "UNKNOWN"u8 });
                break;
            case ArgumentKind.BpfCommand:
                WriteNamed(BpfCommands.Names, number, "unknown-bpf-cmd("u8, value, text);
                break;
            case ArgumentKind.SocketCall:
                WriteNamed(SocketCalls.Names, number, "unknown-socketcall("u8, value, text);
                break;
            case ArgumentKind.SocketFamily:
                WriteNamed(AddressFamilies.Names, number, "unknown-family(0x"u8, value, text);
                break;
            case ArgumentKind.SocketType:
                WriteNamed(SocketTypes.Names, number & SocketTypeMask, "unknown-type("u8, value, text);
                break;
            case ArgumentKind.SocketProtocol:
                WriteProtocol(number, value, text);
                break;
            case ArgumentKind.SocketLevel:
                SocketOptionName.WriteLevel(number, value, text);
                break;
            case ArgumentKind.SocketOption:
                SocketOptionName.Write(context.A1, number, value, text);
                break;
            case ArgumentKind.Mode:
                FileMode.WriteShort((uint)number, text);
                break;
            case ArgumentKind.ModeOfCreation when (context.A1 & CreateFlag) != 0:
                FileMode.WriteShort((uint)number, text);
                break;
            case ArgumentKind.FcntlCommand:
                WriteNamed(FcntlCommands.Names, number, "0x"u8, value, text, isClosed: false);
                break;
            case ArgumentKind.FcntlValue when context.A1 == SetFd && number == CloseOnExecFlag:
                text.Append("FD_CLOEXEC"u8);
                break;
            case ArgumentKind.FcntlValue when context.A1 == SetOwner:
                AccountName.WriteUser((uint)number, accounts, text);
                break;
            case ArgumentKind.FsconfigCommand:
                WriteNamed(FsconfigCommands.Names, number, "unknown-fsconfig-cmd("u8, value, text);
                break;
            case ArgumentKind.SchedulingPolicy:
                WriteNamed(SchedulingPolicies.Names, number & 0x0F, "unknown-scheduler(0x"u8, value, text);
                break;
            case ArgumentKind.EpollOperation:
                WriteNamed(EpollOperations.Names, number, "unknown-epoll_ctl-operation ("u8, value, text);
                break;
            case ArgumentKind.SeekOrigin:
                WriteNamed(SeekOrigins.Names, number & 0xFF, "unknown-whence(0x"u8, value, text);
                break;
            case ArgumentKind.IoctlRequest:
                WriteNamed(IoctlRequests.Names, number, "0x"u8, value, text, isClosed: false);
                break;
            case ArgumentKind.CloseOnExec when number == CloseOnExecFlag:
                text.Append("FSOPEN_CLOEXEC"u8);
                break;
            default:
                WriteFlags(kind, number, text, start);
                break;
        }
    }

    static void WriteFlags(ArgumentKind kind, ulong number, InterpretedText text, int start)
    {
        switch (kind)
        {
            case ArgumentKind.CloneFlags:
                FlagNames.WriteClone(number, text, start, SignalsMax);
                break;
            case ArgumentKind.OpenFlags:
                FlagNames.WriteOpen(number, text, start);
                break;
            case ArgumentKind.AccessMode when (number & 0xF) == 0:
                text.Append("F_OK"u8);
                break;
            case ArgumentKind.AccessMode:
                NameLookup.WriteBits(AccessModes.Names, number, text, start);
                break;
            case ArgumentKind.Protection when (number & 7) == 0:
                text.Append("PROT_NONE"u8);
                break;
            case ArgumentKind.Protection:
                NameLookup.WriteBits(ProtectionFlags.Names, number & ProtectionMask, text, start);
                break;
            case ArgumentKind.MmapFlags:
                FlagNames.WriteMmap(number, text, start);
                break;
            case ArgumentKind.UnmountFlags:
                NameLookup.WriteBits(UnmountFlags.Names, number, text, start);
                break;
            case ArgumentKind.MountFlags:
                NameLookup.WriteBits(MountFlags.Names, number, text, start);
                break;
            case ArgumentKind.MessageFlags:
                NameLookup.WriteBits(MessageFlags.Names, number, text, start);
                break;
            case ArgumentKind.AccessFlags:
                NameLookup.WriteBits(AccessFlags.Names, number, text, start);
                break;
            case ArgumentKind.XattrFlags:
                NameLookup.WriteBits(XattrFlags.Names, number, text, start);
                break;
            case ArgumentKind.SharedMemoryFlags:
                FlagNames.WriteSharedMemory(number, text, start);
                break;
            default:
                NameLookup.WriteHex(number, text);
                break;
        }
    }

    static void WriteProtocol(ulong number, ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (ProtocolNames.TryGet(number, out ReadOnlySpan<byte> name))
            text.Append(name);
        else
            WriteUnknown("unknown-proto("u8, value, text);
    }

    static void WriteNamed(
        NameTable names, ulong number, ReadOnlySpan<byte> unknownWord, ReadOnlySpan<byte> value, InterpretedText text, bool isClosed = true)
    {
        if (names.TryGetName((long)number, out ReadOnlySpan<byte> name))
            text.Append(name);
        else if (isClosed)
            WriteUnknown(unknownWord, value, text);
        else
        {
            text.Append(unknownWord);
            text.Append(value);
        }
    }

    static void WriteUnknown(ReadOnlySpan<byte> word, ReadOnlySpan<byte> value, InterpretedText text)
    {
        text.Append(word);
        text.Append(value);
        text.AppendByte((byte)')');
    }
}
