using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/epoll.h.</summary>
static unsafe partial class LibC
{
    internal const int EPOLL_CLOEXEC = 0x80000;
    internal const int EPOLL_CTL_ADD = 1;
    internal const int EPOLL_CTL_DEL = 2;
    internal const int EPOLL_CTL_MOD = 3;
    internal const uint EPOLLIN = 0x1;
    internal const uint EPOLLOUT = 0x4;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int epoll_create1(int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int epoll_ctl(int epfd, int op, int fd, void* @event);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int epoll_wait(int epfd, void* events, int maxevents, int timeoutMilliseconds);
}
