using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Levels and options of setsockopt(2).</summary>
static class SocketOptionName
{
    const ulong LevelIp = 0;
    const ulong LevelSocket = 1;
    const ulong LevelTcp = 6;
    const ulong LevelUdp = 17;
    const ulong LevelIpv6 = 41;
    const ulong LevelPacket = 263;
    const ulong UdpCork = 1;
    const ulong UdpEncapsulation = 100;

    public static void WriteLevel(ulong level, ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (level == LevelSocket)
            text.Append("SOL_SOCKET"u8);
        else if (ProtocolNames.TryGet(level, out ReadOnlySpan<byte> name) || SocketLevels.Names.TryGetName((long)level, out name))
            text.Append(name);
        else
            WriteUnknown("unknown-sockopt-level(0x"u8, value, text);
    }

    public static void Write(ulong level, ulong option, ReadOnlySpan<byte> value, InterpretedText text)
    {
        switch (level)
        {
            case LevelIp:
                WriteNamed(IpOptions.Names, option, "unknown-ipopt-name(0x"u8, value, text);
                break;
            case LevelSocket:
                WriteNamed(SocketOptions.Names, option, "unknown-sockopt-name(0x"u8, value, text);
                break;
            case LevelTcp:
                WriteNamed(TcpOptions.Names, option, "unknown-tcpopt-name(0x"u8, value, text);
                break;
            case LevelUdp when option == UdpCork:
                text.Append("UDP_CORK"u8);
                break;
            case LevelUdp when option == UdpEncapsulation:
                text.Append("UDP_ENCAP"u8);
                break;
            case LevelUdp:
                WriteUnknown("unknown-udpopt-name(0x"u8, value, text);
                break;
            case LevelIpv6:
                WriteNamed(Ipv6Options.Names, option, "unknown-ip6opt-name(0x"u8, value, text);
                break;
            case LevelPacket:
                WriteNamed(PacketOptions.Names, option, "unknown-pktopt-name(0x"u8, value, text);
                break;
            default:
                text.Append("0x"u8);
                text.Append(value);
                break;
        }
    }

    static void WriteNamed(NameTable names, ulong option, ReadOnlySpan<byte> unknownWord, ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (names.TryGetName((long)option, out ReadOnlySpan<byte> name))
            text.Append(name);
        else
            WriteUnknown(unknownWord, value, text);
    }

    static void WriteUnknown(ReadOnlySpan<byte> word, ReadOnlySpan<byte> value, InterpretedText text)
    {
        text.Append(word);
        text.Append(value);
        text.AppendByte((byte)')');
    }
}
