using System.Globalization;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>Sends datagrams to one address, udp(7); who doesn't listen doesn't get them.</summary>
public sealed unsafe class UdpSender : IDisposable
{
    readonly SafeFileHandle _handle;
    readonly int _descriptor;

    UdpSender(int descriptor)
    {
        _descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Finds the address; may take as long as the resolver likes.</summary>
    /// <exception cref="AuditException">The name isn't known, or no socket is to be had.</exception>
    public static UdpSender To(string name, int port)
    {
        var hints = new addrinfo { ai_socktype = SOCK_DGRAM };
        addrinfo* found;
        int answer = getaddrinfo(name, port.ToString(CultureInfo.InvariantCulture), &hints, &found);
        if (answer != 0)
            throw NameLookup.Refusal(name, answer);
        try
        {
            for (addrinfo* one = found; one is not null; one = one->ai_next)
            {
                int descriptor = socket(one->ai_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
                if (descriptor < 0)
                    continue;
                var sender = new UdpSender(descriptor);
                if (connect(descriptor, one->ai_addr, one->ai_addrlen) == 0)
                    return sender;
                sender.Dispose();
            }
        }
        finally
        {
            freeaddrinfo(found);
        }

        throw new AuditException($"cannot send to {name}: {ErrorText.Of(Errno)}");
    }

    /// <summary>Sends one.</summary>
    /// <returns>False where it couldn't be sent, or the last one wasn't received (the answer comes late).</returns>
    public bool TrySend(ReadOnlySpan<byte> datagram)
    {
        fixed (byte* start = datagram)
            return sendto(_descriptor, start, (nuint)datagram.Length, MSG_NOSIGNAL, null, 0) == datagram.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
