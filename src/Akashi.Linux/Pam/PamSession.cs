using System.Runtime.InteropServices;
using static Akashi.Linux.Interop.LibPam;

namespace Akashi.Linux.Pam;

/// <summary>Opens a session as a login program does, and closes it: pam(3).</summary>
public static unsafe class PamSession
{
    /// <summary>Opens and closes a session of a service for a user, without asking who they are.</summary>
    /// <returns>Null, or why it can't be opened, in PAM's words.</returns>
    public static string? Try(string service, string user, string terminal)
    {
        try
        {
            return TryOpen(service, user, terminal);
        }
        catch (DllNotFoundException)
        {
            return "libpam.so.0 is not on this machine";
        }
    }

    static string? TryOpen(string service, string user, string terminal)
    {
        var conversation = new pam_conv { conv = &Refuse };
        void* handle = null;
        int result = pam_start(service, user, &conversation, &handle);
        if (result != PAM_SUCCESS)
            return $"pam_start: error {result}";
        string? reason = null;
        result = pam_set_item(handle, PAM_TTY, terminal);
        if (result == PAM_SUCCESS)
            result = pam_open_session(handle, 0);
        if (result != PAM_SUCCESS)
            reason = Marshal.PtrToStringUTF8((nint)pam_strerror(handle, result)) ?? $"error {result}";
        else
            pam_close_session(handle, 0);
        _ = pam_end(handle, result);
        return reason;
    }
}
