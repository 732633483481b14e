using System.Buffers.Text;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>The types that are a number and its name.</summary>
static class SmallTypes
{
    const int MacIp = 0x0800;
    const int MacArp = 0x0806;
    const uint SeccompActionMask = 0xFFFF_0000;

    /// <summary>Writes a value.</summary>
    /// <param name="type">Its type, one of those below.</param>
    /// <param name="isArp">Whether its record is of the protocol family ARP: asked for hooks alone.</param>
    /// <param name="value">The number.</param>
    public static void Write(FieldType type, bool isArp, scoped ReadOnlySpan<byte> value, InterpretedText text)
    {
        switch (type)
        {
            case FieldType.Success:
                WriteSuccess(value, text);
                return;
            case FieldType.MacLabel:
                text.Append(value);
                return;
            case FieldType.Promisc:
                text.Append(value.SequenceEqual("0"u8) ? "no"u8 : "yes"u8);
                return;
            case FieldType.Addr or FieldType.Fanotify or FieldType.FanType or FieldType.FanInfo or FieldType.Trust:
                FanotifyAnswer.Write(type, value, text);
                return;
            case FieldType.Seccomp or FieldType.Mmap or FieldType.Oflag or FieldType.Resolve or FieldType.Personality
                or FieldType.IoctlReq or FieldType.Macproto or FieldType.Flags:
                WriteHexadecimal(type, value, text);
                return;
            default:
                WriteDecimal(type, isArp, value, text);
                return;
        }
    }

    // What follows the digit doesn't count: res=1'.
    static void WriteSuccess(ReadOnlySpan<byte> value, InterpretedText text)
    {
        bool isDigit = Utf8Parser.TryParse(value, out uint number, out _);
        text.Append(isDigit && number == 0 ? "no"u8 : isDigit && number == 1 ? "yes"u8 : value);
    }

    static void WriteDecimal(FieldType type, bool isArp, scoped ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (!RawNumber.TryDecimal(value, out long number))
        {
            RawNumber.WriteFault(value, text);
            return;
        }

        switch (type)
        {
            case FieldType.Session:
                if (number is uint.MaxValue or -1)
                    text.Append("unset"u8);
                else
                    text.Append(value);
                break;
            case FieldType.Signal:
                NameLookup.Write(Signals.Names, number, "unknown-signal"u8, text);
                break;
            case FieldType.List:
                NameLookup.Write(FilterLists.Names, number, "unknown-list"u8, text);
                break;
            case FieldType.Perm:
                PermissionLetters.Write(number, text);
                break;
            case FieldType.Nfproto:
                NameLookup.Write(NetfilterProtocols.Names, number, "unknown-netfilter-protocol"u8, text);
                break;
            case FieldType.Icmptype:
                NameLookup.Write(IcmpTypes.Names, number, "unknown-icmp-type"u8, text);
                break;
            case FieldType.Protocol:
                text.Append(ProtocolNames.TryGet((ulong)number, out ReadOnlySpan<byte> name) ? name : "undefined protocol"u8);
                break;
            case FieldType.Netaction:
                NameLookup.Write(NetfilterActions.Names, number, "unknown-action"u8, text);
                break;
            case FieldType.Hook:
                NameLookup.Write(isArp ? ArpHooks.Names : InetHooks.Names, number, "unknown-hook"u8, text);
                break;
            case FieldType.Nlmcgrp:
                text.Append(number switch { 0 => "audit-none"u8, 1 => "audit-netlink-multicast"u8, _ => value });
                break;
            default:
                text.Append(value);
                break;
        }
    }

    static void WriteHexadecimal(FieldType type, ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (!RawNumber.TryHex(value, out ulong number))
        {
            RawNumber.WriteFault(value, text);
            return;
        }

        int start = text.Bytes.Length;
        switch (type)
        {
            case FieldType.Seccomp:
                NameLookup.WriteOrHex(SeccompActions.Names, number & SeccompActionMask, "unknown-seccomp-code"u8, text);
                break;
            case FieldType.Mmap:
                FlagNames.WriteMmap(number, text, start);
                break;
            case FieldType.Oflag:
                FlagNames.WriteOpen(number, text, start);
                break;
            case FieldType.Resolve:
                NameLookup.WriteBits(ResolveFlags.Names, number, text, start);
                break;
            case FieldType.Personality:
                PersonalityName.Write(number, text);
                break;
            case FieldType.IoctlReq:
                if (IoctlRequests.Names.TryGetName((long)number, out ReadOnlySpan<byte> name))
                    text.Append(name);
                else
                    NameLookup.WriteHex(number, text);
                break;
            case FieldType.Macproto:
                text.Append(number switch { MacIp => "IP"u8, MacArp => "ARP"u8, _ => "UNKNOWN"u8 });
                break;
            default:
                text.Append(value);
                break;
        }
    }
}
