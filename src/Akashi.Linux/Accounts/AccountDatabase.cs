using System.Runtime.InteropServices;
using System.Text;
using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Accounts;

/// <summary>The account look-ups of the C library: getpwuid_r(3), getpwnam_r(3), getgrgid_r(3), getgrnam_r(3), getpwent(3).</summary>
/// <remarks>Each lambda makes one call with the buffer at hand; the loop grows the buffer. Whatever error is left
/// means "none".</remarks>
static unsafe class AccountDatabase
{
    // A group's members lie in it: 64 MB hold a million of them. More is taken for an error of the database.
    const int BufferLengthMax = 64 << 20;

    static readonly Lock s_walk = new();

    /// <summary>One call: fills what it found in, and returns its error number.</summary>
    delegate int LookUp<TKey, TFound>(TKey key, byte* buffer, nuint length, out TFound? found);

    internal static string? FindUserName(uint uid) => Find(uid, static (uint uid, byte* buffer, nuint length, out string? name) =>
    {
        passwd entry;
        passwd* found;
        int errno = getpwuid_r(uid, &entry, buffer, length, &found);
        name = errno == 0 && found != null ? Text(entry.pw_name) : null;
        return errno;
    });

    internal static uint? FindUser(string name) => Find(name, static (string name, byte* buffer, nuint length, out uint? uid) =>
    {
        passwd entry;
        passwd* found;
        int errno = getpwnam_r(name, &entry, buffer, length, &found);
        uid = errno == 0 && found != null ? entry.pw_uid : null;
        return errno;
    });

    internal static string? FindShell(uint uid) => Find(uid, static (uint uid, byte* buffer, nuint length, out string? shell) =>
    {
        passwd entry;
        passwd* found;
        int errno = getpwuid_r(uid, &entry, buffer, length, &found);
        shell = errno == 0 && found != null ? Text(entry.pw_shell) : null;
        return errno;
    });

    // The walk is the process's: one at a time.
    internal static IReadOnlyList<UserAccount> ListUsers()
    {
        lock (s_walk)
        {
            var users = new List<UserAccount>();
            setpwent();
            for (passwd* entry = getpwent(); entry != null; entry = getpwent())
                users.Add(new UserAccount(Text(entry->pw_name), entry->pw_uid));
            endpwent();
            return users;
        }
    }

    internal static string? FindGroupName(uint gid) => Find(gid, static (uint gid, byte* buffer, nuint length, out string? name) =>
    {
        group entry;
        group* found;
        int errno = getgrgid_r(gid, &entry, buffer, length, &found);
        name = errno == 0 && found != null ? Text(entry.gr_name) : null;
        return errno;
    });

    internal static uint? FindGroup(string name) => Find(name, static (string name, byte* buffer, nuint length, out uint? gid) =>
    {
        group entry;
        group* found;
        int errno = getgrnam_r(name, &entry, buffer, length, &found);
        gid = errno == 0 && found != null ? entry.gr_gid : null;
        return errno;
    });

    static TFound? Find<TKey, TFound>(TKey key, LookUp<TKey, TFound> lookUp)
    {
        for (int length = 1024; ; length *= 4)
        {
            TFound? found;
            int errno;
            fixed (byte* buffer = new byte[length])
            {
                do
                {
                    errno = lookUp(key, buffer, (nuint)length, out found);
                }
                while (errno == EINTR);
            }

            if (errno != ERANGE || length >= BufferLengthMax)
                return found;
        }
    }

    static string Text(byte* nulEnded) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(nulEnded));
}
