namespace Akashi.Linux.Interop;

/// <summary>linux/fs.h: what chattr(1) sets.</summary>
static unsafe partial class LibC
{
    internal const uint FS_IOC_GETFLAGS = 0x80086601;
    internal const uint FS_IOC_SETFLAGS = 0x40086602;
    internal const int FS_APPEND_FL = 0x20;
}
