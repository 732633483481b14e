using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/socket.h, sys/uio.h.</summary>
static unsafe partial class LibC
{
    internal const int AF_UNIX = 1;
    internal const int AF_NETLINK = 16;
    internal const int SOCK_STREAM = 1;
    internal const int SOCK_DGRAM = 2;
    internal const int SOCK_RAW = 3;
    internal const int SOCK_SEQPACKET = 5;
    internal const int SOCK_CLOEXEC = 0x80000;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const int SOL_SOCKET = 1;
    internal const int SO_REUSEADDR = 2;
    internal const int SO_ERROR = 4;
    internal const int SO_RCVBUF = 8;
    internal const int SO_KEEPALIVE = 9;
    internal const int SO_TYPE = 3;
    internal const int SO_ACCEPTCONN = 30;
    internal const int SO_PEERCRED = 17;
    internal const int SO_SNDTIMEO = 21;
    internal const int SO_RCVBUFFORCE = 33;
    internal const int SO_PROTOCOL = 38;
    internal const int SO_DOMAIN = 39;
    internal const int SHUT_RDWR = 2;
    internal const int SO_MEMINFO = 55;
    internal const int SO_PEERGROUPS = 59;

    // linux/sock_diag.h: what SO_MEMINFO fills.
    internal const int SK_MEMINFO_RMEM_ALLOC = 0;
    internal const int SK_MEMINFO_VARS = 9;

    internal const int MSG_NOSIGNAL = 0x4000;
    internal const int MSG_PEEK = 0x2;
    internal const int MSG_TRUNC = 0x20;
    internal const int MSG_DONTWAIT = 0x40;
    internal const int MSG_CTRUNC = 0x8;
    internal const int MSG_CMSG_CLOEXEC = 0x40000000;
    internal const int SCM_RIGHTS = 1;

    internal struct ucred
    {
        public int pid;
        public uint uid;
        public uint gid;
    }

    internal struct iovec
    {
        public void* iov_base;
        public nuint iov_len;
    }

    internal struct msghdr
    {
        public void* msg_name;
        public uint msg_namelen;
        public iovec* msg_iov;
        public nuint msg_iovlen;
        public void* msg_control;
        public nuint msg_controllen;
        public int msg_flags;
    }

    /// <summary>What stands before ancillary data; the data begins behind it, aligned to 8.</summary>
    internal struct cmsghdr
    {
        public nuint cmsg_len;
        public int cmsg_level;
        public int cmsg_type;
    }

    internal struct mmsghdr
    {
        public msghdr msg_hdr;
        public uint msg_len;
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int socketpair(int domain, int type, int protocol, int* ends);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bind(int fd, void* address, uint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int connect(int fd, void* address, uint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int listen(int fd, int backlog);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int accept4(int fd, void* address, uint* length, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int shutdown(int fd, int how);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getsockname(int fd, void* address, uint* length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setsockopt(int fd, int level, int name, void* value, uint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getsockopt(int fd, int level, int name, void* value, uint* length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint sendto(int fd, void* buffer, nuint length, int flags, void* address, uint addressLength);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint recv(int fd, void* buffer, nuint length, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint recvmsg(int fd, msghdr* message, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint sendmsg(int fd, msghdr* message, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int recvmmsg(int fd, mmsghdr* messages, uint count, int flags, void* timeout);
}
