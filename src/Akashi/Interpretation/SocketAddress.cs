using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Socket addresses, struct sockaddr in hex: <c>{ saddr_fam=inet laddr=1.2.3.4 lport=22 }</c>.</summary>
/// <remarks>
/// Offset 0: the family, 2 bytes in the machine's order (taken as little-endian: records don't say); then, big-endian: inet (length 16) port 2, address 4
/// at 4; inet6 (28) port 2, flow 4, address 16 at 8, scope 4 at 24; local: a path, or a NUL and an abstract name; netlink (12): pid at 4. Source: ip(7),
/// ipv6(7), unix(7), netlink(7).
/// </remarks>
static class SocketAddress
{
    const int Local = 1;
    const int Inet = 2;
    const int Ax25 = 3;
    const int AtmPvc = 8;
    const int X25 = 9;
    const int Inet6 = 10;
    const int Netlink = 16;
    const int InetLength = 16;
    const int Inet6Length = 28;
    const int BytesMax = 512;

    public static void Write(ReadOnlySpan<byte> value, InterpretedText text)
    {
        Span<byte> decoded = stackalloc byte[BytesMax];
        if (value.Length > 2 * BytesMax || !EncodedText.TryDecodeHex(value, decoded, out int length))
        {
            text.Append("malformed-host("u8);
            text.Append(value);
            text.AppendByte((byte)')');
            return;
        }

        ReadOnlySpan<byte> address = decoded[..length];
        int family = length < 2 ? address[0] : BinaryPrimitives.ReadUInt16LittleEndian(address);
        if (!AddressFamilies.Names.TryGetName(family, out ReadOnlySpan<byte> name))
        {
            text.Append("unknown-family("u8);
            text.Append(family);
            text.AppendByte((byte)')');
            return;
        }

        text.Append("{ saddr_fam="u8);
        text.Append(name);
        text.AppendByte((byte)' ');
        WriteInside(family, address, text);
        text.Append(" }"u8);
    }

    /// <summary>Writes the address of an inet or inet6 sockaddr; false where it is another, or too short.</summary>
    public static bool TryWriteHost(ReadOnlySpan<byte> value, InterpretedText text)
    {
        Span<byte> decoded = stackalloc byte[BytesMax];
        if (value.Length > 2 * BytesMax || !EncodedText.TryDecodeHex(value, decoded, out int length) || length < InetLength)
            return false;
        ReadOnlySpan<byte> address = decoded[..length];
        int family = BinaryPrimitives.ReadUInt16LittleEndian(address);
        if (family == Inet)
            WriteAddress(address.Slice(4, 4), 0, text);
        else if (family == Inet6 && length >= Inet6Length)
            WriteAddress(address.Slice(8, 16), BinaryPrimitives.ReadUInt32LittleEndian(address[24..]), text);
        else
            return false;
        return true;
    }

    /// <summary>Writes the port of an inet or inet6 sockaddr; false where it is another, or too short.</summary>
    public static bool TryWritePort(ReadOnlySpan<byte> value, InterpretedText text)
    {
        Span<byte> decoded = stackalloc byte[BytesMax];
        if (value.Length > 2 * BytesMax || !EncodedText.TryDecodeHex(value, decoded, out int length) || length < InetLength)
            return false;
        if (BinaryPrimitives.ReadUInt16LittleEndian(decoded) is not (Inet or Inet6))
            return false;
        text.Append((long)BinaryPrimitives.ReadUInt16BigEndian(decoded[2..]));
        return true;
    }

    /// <summary>Writes the family's name; false where no table knows it, or it's no address.</summary>
    public static bool TryWriteFamily(ReadOnlySpan<byte> value, InterpretedText text)
    {
        Span<byte> decoded = stackalloc byte[BytesMax];
        if (value.Length > 2 * BytesMax || !EncodedText.TryDecodeHex(value, decoded, out int length))
            return false;
        int family = length < 2 ? decoded[0] : BinaryPrimitives.ReadUInt16LittleEndian(decoded);
        if (!AddressFamilies.Names.TryGetName(family, out ReadOnlySpan<byte> name))
            return false;
        text.Append(name);
        return true;
    }

    /// <summary>Writes the family's name; nothing for what is no address.</summary>
    public static void WriteFamily(ReadOnlySpan<byte> value, InterpretedText text)
    {
        Span<byte> decoded = stackalloc byte[2];
        ReadOnlySpan<byte> digits = value.Length > 4 ? value[..4] : value;
        if (!EncodedText.TryDecodeHex(digits, decoded, out int length))
            return;
        int family = length < 2 ? decoded[0] : BinaryPrimitives.ReadUInt16LittleEndian(decoded);
        NameLookup.Write(AddressFamilies.Names, family, "unknown-family"u8, text);
    }

    static void WriteInside(int family, ReadOnlySpan<byte> address, InterpretedText text)
    {
        switch (family)
        {
            case Local:
                WritePath(BehindFamily(address), text);
                break;
            case Inet when address.Length < InetLength:
                text.Append("sockaddr len too short"u8);
                break;
            case Inet6 when address.Length < Inet6Length:
                text.Append("sockaddr6 len too short"u8);
                break;
            case Inet:
                text.Append("laddr="u8);
                WriteAddress(address.Slice(4, 4), 0, text);
                WritePort(address, text);
                break;
            case Inet6:
                text.Append("laddr="u8);
                WriteAddress(address.Slice(8, 16), BinaryPrimitives.ReadUInt32LittleEndian(address[24..]), text);
                WritePort(address, text);
                break;
            case Netlink when address.Length >= 8:
                text.Append("nlnk-fam="u8);
                text.Append(Netlink);
                text.Append(" nlnk-pid="u8);
                text.Append(BinaryPrimitives.ReadUInt32LittleEndian(address[4..]));
                break;
            case Netlink or Ax25 or AtmPvc or X25:
                WriteOld(family, BehindFamily(address), text);
                break;
            default:
                text.Append("(unsupported)"u8);
                break;
        }
    }

    static void WriteOld(int family, ReadOnlySpan<byte> rest, InterpretedText text)
    {
        if (family == AtmPvc && rest.Length >= 6)
        {
            text.Append("int="u8);
            text.Append((long)rest[2]);
        }
        else if (family is Ax25 or X25 && rest.Length >= 7)
        {
            text.Append(family == Ax25 ? "call="u8 : "laddr="u8);
            text.Append(UpToNul(rest));
        }
        else
        {
            text.Append("len too short"u8);
        }
    }

    static void WritePath(ReadOnlySpan<byte> path, InterpretedText text)
    {
        if (path.IsEmpty)
        {
            text.Append("unnamed socket"u8);
            return;
        }

        text.Append("path="u8);
        text.Append(UpToNul(path[0] == 0 ? path[1..] : path));
    }

    static void WriteAddress(ReadOnlySpan<byte> bytes, uint scope, InterpretedText text)
    {
        Span<char> printed = stackalloc char[64];
        var address = bytes.Length == 4 ? new IPAddress(bytes) : new IPAddress(bytes, scope);
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv6LinkLocal)
            address.ScopeId = 0;
        address.TryFormat(printed, out int length);
        foreach (char letter in printed[..length])
            text.AppendByte((byte)letter);
    }

    static void WritePort(ReadOnlySpan<byte> address, InterpretedText text)
    {
        text.Append(" lport="u8);
        text.Append((long)BinaryPrimitives.ReadUInt16BigEndian(address[2..]));
    }

    // connect(2) takes an address of one byte, and the kernel records it.
    static ReadOnlySpan<byte> BehindFamily(ReadOnlySpan<byte> address) => address.Length < 2 ? [] : address[2..];

    static ReadOnlySpan<byte> UpToNul(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }
}
