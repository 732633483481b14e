using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>sys/fanotify.h.</summary>
static unsafe partial class LibC
{
    internal const uint FAN_CLASS_CONTENT = 0x4;
    internal const uint FAN_CLOEXEC = 0x1;
    internal const uint FAN_NONBLOCK = 0x2;
    internal const uint FAN_UNLIMITED_QUEUE = 0x10;
    internal const uint FAN_MARK_ADD = 0x1;
    internal const uint FAN_MARK_ONLYDIR = 0x8;
    internal const ulong FAN_OPEN_PERM = 0x10000;
    internal const ulong FAN_EVENT_ON_CHILD = 0x8000000;
    internal const uint FAN_ALLOW = 0x1;
    internal const byte FANOTIFY_METADATA_VERSION = 3;

    internal struct fanotify_event_metadata
    {
        public uint event_len;
        public byte vers;
        byte reserved;
        public ushort metadata_len;
        public ulong mask;
        public int fd;
        public int pid;
    }

    internal struct fanotify_response
    {
        public int fd;
        public uint response;
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fanotify_init(uint flags, uint eventFlags);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int fanotify_mark(int fanotify, uint flags, ulong mask, int directory, string path);
}
