using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>security/pam_appl.h, libpam.so.0: looked for when it's first called, so that machines without it have the rest.</summary>
static unsafe partial class LibPam
{
    const string Library = "libpam.so.0";

    internal const int PAM_SUCCESS = 0;
    internal const int PAM_CONV_ERR = 19;
    internal const int PAM_TTY = 3;

    [StructLayout(LayoutKind.Sequential)]
    internal struct pam_conv
    {
        internal delegate* unmanaged[Cdecl]<int, void**, void**, void*, int> conv;
        internal void* appdata_ptr;
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int pam_start(string service, string user, pam_conv* conversation, void** handle);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int pam_set_item(void* handle, int item, string value);

    [LibraryImport(Library)]
    internal static partial int pam_open_session(void* handle, int flags);

    [LibraryImport(Library)]
    internal static partial int pam_close_session(void* handle, int flags);

    [LibraryImport(Library)]
    internal static partial byte* pam_strerror(void* handle, int error);

    [LibraryImport(Library)]
    internal static partial int pam_end(void* handle, int status);

    /// <summary>Nobody is there to answer a module.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Refuse(int count, void** messages, void** responses, void* data) => PAM_CONV_ERR;
}
