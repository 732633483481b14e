using Akashi.Daemon.KernelState;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Start;

/// <summary>The watcher: waits until the process that started it is gone, and puts the kernel's audit back where that process didn't.</summary>
/// <remarks>
/// <c>akashi restore-when-gone DIRECTORY [FILE]</c>, with a pipe as descriptor 3 whose other end only the owner has: its end of file is the
/// owner's end, however it came. Started by <see cref="KernelGuard"/> and by nobody else. Exit codes: 0, or 1 where something couldn't be put back.
/// </remarks>
static class RestoreTool
{
    const int PipeDescriptor = 3;

    public static Tool Tool { get; } = new(KernelGuard.WatcherCommand, "put the kernel's audit back (akashi start runs it)", Run) { IsInternal = true };

    static int Run(Invocation invocation)
    {
        if (invocation.Arguments.Count is not (1 or 2))
            throw new AuditException("restore-when-gone needs a directory, and the name of a file in it");
        WaitForEnd();
        var file = new KernelSnapshotFile(
            invocation.Host.Files, invocation.Arguments[0], name: invocation.Arguments.Count == 2 ? invocation.Arguments[1] : KernelSnapshotFile.OwnerName);
        return KernelGuard.RestoreAfter(invocation.Host, file) == RestoreOutcome.Incomplete ? 1 : 0;
    }

    static void WaitForEnd()
    {
        using var pipe = new FileStream(new SafeFileHandle(PipeDescriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        while (pipe.ReadByte() >= 0)
        {
        }
    }
}
