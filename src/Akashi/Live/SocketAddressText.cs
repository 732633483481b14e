using System.Buffers.Binary;
using System.Net;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>Writes the address of a SOCKADDR record: <c>192.0.2.7:443</c>, <c>[::1]:22</c>, a path.</summary>
/// <remarks>
/// saddr is a struct sockaddr in hex: the family in the machine's byte order (little-endian on all that Akashi runs on), then for AF_INET
/// port (2, big-endian) and address (4), for AF_INET6 port (2), flow (4), address (16), for AF_UNIX a path; a leading NUL means the abstract name space.
/// </remarks>
static class SocketAddressText
{
    const int FamilyUnix = 1;
    const int FamilyInet = 2;
    const int FamilyInet6 = 10;
    const int AddressBytesMax = 128;

    /// <summary>Appends it; the family's name where it is another, <c>?</c> where it can't be read.</summary>
    public static void Append(ReadOnlySpan<byte> hex, LineText text)
    {
        Span<byte> address = stackalloc byte[AddressBytesMax];
        if (hex.Length > AddressBytesMax * 2 || !EncodedText.TryDecodeHex(hex, address, out int length) || length < 2)
        {
            text.Append('?');
            return;
        }

        address = address[..length];
        switch (BinaryPrimitives.ReadUInt16LittleEndian(address))
        {
            case FamilyInet when length >= 8:
                AppendInternet(address.Slice(4, 4), address[2..], text);
                break;
            case FamilyInet6 when length >= 24:
                AppendInternet(address.Slice(8, 16), address[2..], text);
                break;
            case FamilyUnix:
                AppendLocal(address[2..], text);
                break;
            case var family:
                text.Append(AddressFamilies.Names.TryGetName(family, out ReadOnlySpan<byte> name) ? name : "?"u8);
                break;
        }
    }

    static void AppendInternet(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port, LineText text)
    {
        Span<byte> written = stackalloc byte[64];
        new IPAddress(address).TryFormat(written, out int length);
        if (address.Length > 4)
            text.Append('[');
        text.Append(written[..length]);
        if (address.Length > 4)
            text.Append(']');
        text.Append(':');
        text.Append(BinaryPrimitives.ReadUInt16BigEndian(port));
    }

    static void AppendLocal(ReadOnlySpan<byte> path, LineText text)
    {
        bool isAbstract = path.Length > 1 && path[0] == 0;
        if (isAbstract)
        {
            text.Append('@');
            path = path[1..];
        }

        int end = path.IndexOf((byte)0);
        text.AppendText(end < 0 ? path : path[..end]);
    }
}
