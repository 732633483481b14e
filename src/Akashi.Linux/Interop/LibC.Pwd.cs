using System.Runtime.InteropServices;

namespace Akashi.Linux.Interop;

/// <summary>pwd.h.</summary>
static unsafe partial class LibC
{
    internal struct passwd
    {
        public byte* pw_name;
        public byte* pw_passwd;
        public uint pw_uid;
        public uint pw_gid;
        public byte* pw_gecos;
        public byte* pw_dir;
        public byte* pw_shell;
    }

    [LibraryImport(Library)]
    internal static partial void setpwent();

    [LibraryImport(Library)]
    internal static partial passwd* getpwent();

    [LibraryImport(Library)]
    internal static partial void endpwent();

    [LibraryImport(Library)]
    internal static partial int getpwuid_r(uint uid, passwd* entry, byte* buffer, nuint length, passwd** result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int getpwnam_r(string name, passwd* entry, byte* buffer, nuint length, passwd** result);
}
