namespace Akashi.Linux.Interop;

/// <summary>netinet/in.h.</summary>
static unsafe partial class LibC
{
    internal const int AF_INET = 2;

    /// <summary>sin_port and sin_addr are in network order.</summary>
    internal struct sockaddr_in
    {
        public ushort sin_family;
        public ushort sin_port;
        public uint sin_addr;
        public fixed byte sin_zero[8];
    }
}
