namespace Akashi.Linux.Interop;

/// <summary>sys/un.h.</summary>
static unsafe partial class LibC
{
    internal struct sockaddr_un
    {
        internal const int PathBytes = 108;

        public ushort sun_family;
        public fixed byte sun_path[PathBytes];
    }
}
