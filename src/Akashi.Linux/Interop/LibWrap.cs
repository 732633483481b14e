using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>tcpd.h of tcp_wrappers 7.6 (Debian's libwrap0): what a service needs that knows its client, looked up when it's needed first.</summary>
/// <remarks>
/// <para>Not LibraryImport: auditd starts, and receives, where the library is missing. The severities that a program has to define with other builds are weak symbols of Debian's.</para>
/// <para>Nothing of it is for two threads at once: strtok(3), a static context and longjmp(3), which stays within it.</para>
/// </remarks>
static unsafe class LibWrap
{
    internal const string Library = "libwrap.so.0";

    /// <summary>STRING_LENGTH: what is longer is cut off silently, and its end is what a rule of a domain looks at.</summary>
    internal const int STRING_LENGTH = 128;

    static bool s_isLoaded;

    /// <summary>int hosts_ctl(char *daemon, char *client_name, char *client_addr, char *client_user): not 0 where it's let in.</summary>
    internal static delegate* unmanaged<byte*, byte*, byte*, byte*, int> hosts_ctl { get; private set; }

    /// <summary>Not 0: programs of spawn and twist aren't run; a rule with twist sets it to 0, and lets in what hosts.allow has it for.</summary>
    internal static int* dry_run { get; private set; }

    /// <summary>Above 0: the process goes on after a client, so that twist doesn't put a program in its place.</summary>
    internal static int* resident { get; private set; }

    /// <summary>Finds the functions.</summary>
    /// <returns>False where the library is missing, or another.</returns>
    internal static bool TryLoad()
    {
        if (s_isLoaded)
            return true;
        if (!NativeLibrary.TryLoad(Library, out nint library)
            || !NativeLibrary.TryGetExport(library, nameof(hosts_ctl), out nint decide)
            || !NativeLibrary.TryGetExport(library, nameof(dry_run), out nint dry)
            || !NativeLibrary.TryGetExport(library, nameof(resident), out nint stays))
            return false;
        hosts_ctl = (delegate* unmanaged<byte*, byte*, byte*, byte*, int>)decide;
        dry_run = (int*)dry;
        resident = (int*)stays;
        return s_isLoaded = true;
    }
}
