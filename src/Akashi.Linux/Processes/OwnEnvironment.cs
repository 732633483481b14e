using System.Runtime.InteropServices;

namespace Akashi.Linux.Processes;

/// <summary>The environment that this process was started with, byte for byte: what .NET sets isn't in it.</summary>
/// <remarks>The C library's; /proc/self/environ is closed to a process that nobody may trace.</remarks>
static unsafe class OwnEnvironment
{
    /// <summary>C strings, ended by a null pointer; null where there never was one.</summary>
    internal static byte** Pointer => *(byte***)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "environ");
}
