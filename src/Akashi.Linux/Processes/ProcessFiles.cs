using System.Globalization;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>Files of /proc/PID. The kernel keeps with what is open which process it is, and answers ESRCH or ENOENT once that was reaped.</summary>
/// <remarks>Not for what may hang: cmdline and environ wait for the memory of the process, which a page fault on a hung disk can hold.</remarks>
public sealed class ProcessFiles : IProcessFiles
{
    /// <inheritdoc/>
    public IProcessDirectory? Open(int pid)
    {
        int descriptor = open(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}"), O_PATH | O_CLOEXEC, 0);
        return descriptor < 0 ? null : new ProcessDirectory(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    sealed class ProcessDirectory(SafeFileHandle handle) : IProcessDirectory
    {
        public IProcessFile? Open(string name)
        {
            int descriptor = openat((int)handle.DangerousGetHandle(), name, O_RDONLY | O_CLOEXEC, 0);
            return descriptor < 0 ? null : new ProcessFile(new SafeFileHandle(descriptor, ownsHandle: true));
        }

        public void Dispose() => handle.Dispose();
    }

    sealed unsafe class ProcessFile(SafeFileHandle handle) : IProcessFile
    {
        public int Read(Span<byte> destination)
        {
            fixed (byte* start = destination)
                return (int)Math.Max(pread((int)handle.DangerousGetHandle(), start, (nuint)destination.Length, 0), -1);
        }

        public void Dispose() => handle.Dispose();
    }
}
