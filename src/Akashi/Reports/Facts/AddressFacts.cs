using System.Buffers.Binary;
using Akashi.Records;

namespace Akashi.Reports.Facts;

/// <summary>SOCKADDR and NETFILTER_PKT: <c>saddr=</c>.</summary>
/// <remarks>
/// SOCKADDR has struct sockaddr in hex. Offset 0: the family, 2 bytes, little-endian; inet (16 bytes) has its address at 4, inet6 (28 bytes) at 8; a local one is a
/// path, or a NUL and an abstract name. Source: ip(7), ipv6(7), unix(7).
/// </remarks>
static class AddressFacts
{
    const int Local = 1;
    const int Inet = 2;
    const int Inet6 = 10;
    const int FamilyLength = 2;
    const int InetLength = 16;
    const int Inet6Length = 28;
    const int BytesMax = 512;

    /// <summary>A socket's address: internet addresses are hosts, paths are files.</summary>
    public static bool TryReadSocket(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if ((needs & (FactKinds.HostName | FactKinds.Files)) == 0)
            return true;
        if (!cursor.TrySeek("saddr="u8))
            return false;
        ReadOnlySpan<byte> digits = cursor.TakeWord();
        Span<byte> decoded = stackalloc byte[BytesMax];
        if (digits.Length > 2 * BytesMax || !EncodedText.TryDecodeHex(digits, decoded, out int length) || length < FamilyLength)
            return false;
        return TryKeep(decoded[..length], needs, facts);
    }

    /// <summary>A packet's source, in plain text.</summary>
    public static bool TryReadPacket(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (needs.HasFlag(FactKinds.HostName) && cursor.TrySeek("saddr="u8))
            facts.HostName = facts.Keep(cursor.TakeWord());
        return true;
    }

    static bool TryKeep(ReadOnlySpan<byte> address, FactKinds needs, EventFacts facts)
    {
        int family = BinaryPrimitives.ReadUInt16LittleEndian(address);
        if (family == Local)
        {
            if (needs.HasFlag(FactKinds.Files))
                KeepPath(address[FamilyLength..], facts);
            return true;
        }

        if (!needs.HasFlag(FactKinds.HostName) || family is not (Inet or Inet6))
            return true;
        if (address.Length < (family == Inet ? InetLength : Inet6Length))
            return false;
        Span<byte> text = stackalloc byte[InternetAddress.TextBytesMax];
        facts.HostName = facts.Keep(text[..(family == Inet
            ? InternetAddress.Format4(address.Slice(4, 4), text)
            : InternetAddress.Format6(address.Slice(8, 16), text))]);
        return true;
    }

    // An abstract name begins with a NUL. A socket without a name is called 0, as the original has it.
    static void KeepPath(ReadOnlySpan<byte> path, EventFacts facts)
    {
        if (path.IsEmpty)
            path = "0"u8;
        if (path.StartsWith((byte)0))
            path = path[1..];
        int end = path.IndexOf((byte)0);
        if (end >= 0)
            path = path[..end];
        if (!path.IsEmpty)
            facts.Files.Add(new FileFact(facts.Keep(path), IsParent: false));
    }
}
