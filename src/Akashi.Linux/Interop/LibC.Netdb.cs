using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>netdb.h.</summary>
static unsafe partial class LibC
{
    internal const int AI_CANONNAME = 0x2;
    internal const int AI_NUMERICHOST = 0x4;
    internal const int AI_ADDRCONFIG = 0x20;
    internal const int EAI_NONAME = -2;
    internal const int EAI_AGAIN = -3;
    internal const int EAI_FAIL = -4;
    internal const int EAI_NODATA = -5;
    internal const int EAI_SYSTEM = -11;
    internal const int NI_NUMERICHOST = 1;
    internal const int NI_NAMEREQD = 8;
    internal const int NI_MAXHOST = 1025;

    internal struct addrinfo
    {
        public int ai_flags;
        public int ai_family;
        public int ai_socktype;
        public int ai_protocol;
        public uint ai_addrlen;
        public void* ai_addr;
        public byte* ai_canonname;
        public addrinfo* ai_next;
    }

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int getaddrinfo(string node, string? service, addrinfo* hints, addrinfo** result);

    [LibraryImport(Library)]
    internal static partial void freeaddrinfo(addrinfo* result);

    [LibraryImport(Library)]
    internal static partial int getnameinfo(
        void* address, uint addressLength, byte* host, uint hostLength, byte* service, uint serviceLength, int flags);
}
