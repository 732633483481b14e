using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>Is asked by the kernel before a file of one directory is opened, fanotify(7): who opens it waits for the answer.</summary>
/// <remarks>
/// FAN_OPEN_PERM for children: also where open(2) makes the file, which nobody has a descriptor of by then. The answer is always yes; what counts is what is done before.
/// Where this ends, however it ends, the kernel goes on without asking. What this process itself opens is asked about, too: another thread must answer.
/// </remarks>
public sealed unsafe class OpeningGuard : IDisposable
{
    const int EventsLength = 4096;

    readonly SafeFileHandle _handle;
    readonly Waker _waker = new();

    OpeningGuard(SafeFileHandle handle) => _handle = handle;

    /// <summary>Begins to be asked.</summary>
    /// <exception cref="AuditException">The kernel doesn't ask: another kind of kernel, or no right to (CAP_SYS_ADMIN).</exception>
    public static OpeningGuard Watch(string directory)
    {
        int descriptor = fanotify_init(FAN_CLASS_CONTENT | FAN_CLOEXEC | FAN_NONBLOCK | FAN_UNLIMITED_QUEUE, (uint)(O_RDONLY | O_CLOEXEC));
        if (descriptor < 0)
            throw new AuditException($"cannot be asked about opened files: {ErrorText.Of(Errno)}");
        var guard = new OpeningGuard(new SafeFileHandle(descriptor, ownsHandle: true));
        if (fanotify_mark(descriptor, FAN_MARK_ADD | FAN_MARK_ONLYDIR, FAN_OPEN_PERM | FAN_EVENT_ON_CHILD, AT_FDCWD, directory) == 0)
            return guard;
        string reason = ErrorText.Of(Errno);
        guard.Dispose();
        throw new AuditException($"cannot be asked about files opened in {directory}: {reason}");
    }

    /// <summary>Waits for questions and answers them.</summary>
    /// <param name="opened">Called before the answer, with the file to be opened, its process, and whether that is this one.</param>
    /// <returns>False where it was woken.</returns>
    public bool Answer(Action<SafeFileHandle, int, bool> opened)
    {
        int descriptor = (int)_handle.DangerousGetHandle();
        if (!Readiness.Wait(descriptor, _waker.Descriptor, Timeout.InfiniteTimeSpan))
            return false;
        byte* events = stackalloc byte[EventsLength];
        nint length = read(descriptor, events, EventsLength);
        for (byte* next = events; next + sizeof(fanotify_event_metadata) <= events + length;)
        {
            var asked = (fanotify_event_metadata*)next;
            if (asked->vers != FANOTIFY_METADATA_VERSION || asked->event_len < sizeof(fanotify_event_metadata))
                throw new AuditException("this kernel asks about opened files in another way");
            if (asked->fd >= 0)
                Answer(descriptor, *asked, opened);
            next += asked->event_len;
        }

        return true;
    }

    /// <summary>Any thread: ends a wait.</summary>
    public void Wake() => _waker.Set();

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle.Dispose();
        _waker.Dispose();
    }

    static void Answer(int descriptor, in fanotify_event_metadata asked, Action<SafeFileHandle, int, bool> opened)
    {
        using var file = new SafeFileHandle(asked.fd, ownsHandle: true);
        try
        {
            opened(file, asked.pid, asked.pid == Environment.ProcessId);
        }
        finally
        {
            // Whatever happened: nobody waits for ever.
            fanotify_response answer = new() { fd = asked.fd, response = FAN_ALLOW };
            _ = write(descriptor, &answer, (nuint)sizeof(fanotify_response));
        }
    }
}
