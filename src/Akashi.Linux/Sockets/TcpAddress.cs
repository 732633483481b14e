using System.Buffers.Binary;
using System.Globalization;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>The other side of a connection.</summary>
/// <param name="Text">Its address in digits; of an IPv4 address that came through IPv6, the IPv4 address.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsThisMachine">Whether it's a loopback address.</param>
public readonly record struct TcpAddress(string Text, int Port, bool IsThisMachine)
{
    internal static unsafe TcpAddress Read(sockaddr_in6* address)
    {
        int port = BinaryPrimitives.ReverseEndianness(address->sin6_port);
        if (address->sin6_family == AF_INET)
            return Ofv4(new ReadOnlySpan<byte>(&((sockaddr_in*)address)->sin_addr, 4), port);
        var bytes = new ReadOnlySpan<byte>(address->sin6_addr, 16);
        if (bytes[..10].IndexOfAnyExcept((byte)0) < 0 && bytes[10] == 0xFF && bytes[11] == 0xFF)
            return Ofv4(bytes[12..], port);
        bool isLoopback = bytes[..15].IndexOfAnyExcept((byte)0) < 0 && bytes[15] == 1;
        return new TcpAddress(Namev6((sockaddr_in6*)address), port, isLoopback);
    }

    static TcpAddress Ofv4(ReadOnlySpan<byte> bytes, int port) => new(
        string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.{bytes[2]}.{bytes[3]}"), port, bytes[0] == 127);

    static unsafe string Namev6(sockaddr_in6* address)
    {
        byte* name = stackalloc byte[NI_MAXHOST];
        return getnameinfo(address, (uint)sizeof(sockaddr_in6), name, NI_MAXHOST, null, 0, NI_NUMERICHOST) == 0
            ? System.Text.Encoding.ASCII.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))
            : "::";
    }
}
