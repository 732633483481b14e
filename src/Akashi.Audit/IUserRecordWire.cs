using Akashi.Linux.Netlink;

namespace Akashi.Audit;

/// <summary>The way to the kernel.</summary>
interface IUserRecordWire : IDisposable
{
    /// <summary>Sends one record.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="payload">Its text with a NUL.</param>
    /// <returns>The request's number, 1 or more; or an error number, negative.</returns>
    int Make(int type, ReadOnlySpan<byte> payload);
}

/// <summary>A socket of NETLINK_AUDIT.</summary>
sealed class NetlinkWire(NetlinkSocket socket) : IUserRecordWire
{
    /// <inheritdoc/>
    public int Make(int type, ReadOnlySpan<byte> payload) => RawRequest.Make(socket.Descriptor, type, payload, out _);

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
