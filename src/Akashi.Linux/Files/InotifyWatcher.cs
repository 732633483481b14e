using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>Watches one directory or file, inotify(7).</summary>
/// <remarks>Which name changed is not kept: whoever waits looks at what it follows, so that an overflow loses
/// nothing.</remarks>
sealed unsafe class InotifyWatcher : IFileWatcher
{
    const uint Changes =
        IN_MODIFY | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF;

    readonly Waker _waker = new();
    readonly SafeFileHandle _handle;
    readonly int _descriptor;

    InotifyWatcher(int descriptor)
    {
        _descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Begins to watch.</summary>
    /// <exception cref="TrailException">It can't: nothing of that name, or no watch is left to this user.</exception>
    internal static InotifyWatcher Watch(string path)
    {
        int descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        if (descriptor < 0)
            throw LinuxFiles.Refused("watch", path);
        var watcher = new InotifyWatcher(descriptor);
        if (inotify_add_watch(descriptor, path, Changes) >= 0)
            return watcher;
        TrailException refused = LinuxFiles.Refused("watch", path);
        watcher.Dispose();
        throw refused;
    }

    /// <inheritdoc/>
    public bool Wait(TimeSpan timeout)
    {
        if (!Readiness.Wait(_descriptor, _waker.Descriptor, timeout))
            return false;
        Drain();
        return true;
    }

    /// <inheritdoc/>
    public void Wake() => _waker.Set();

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle.Dispose();
        _waker.Dispose();
    }

    // An event is 16 bytes and a name of at most 256.
    void Drain()
    {
        const int Length = 4096;
        byte* buffer = stackalloc byte[Length];
        while (read(_descriptor, buffer, Length) > 0)
        {
        }
    }
}
