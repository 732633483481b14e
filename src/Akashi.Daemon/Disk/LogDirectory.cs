using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Disk;

/// <summary>The directory of the trail.</summary>
static class LogDirectory
{
    const UnixFileMode ReadByGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>Lets a group read it: 0750, through the open directory, so that nothing else can take its place meanwhile.</summary>
    /// <exception cref="TrailException">It can't be opened or changed.</exception>
    public static void OpenTo(IFiles files, string logFile, uint group)
    {
        string directory = Path.GetDirectoryName(logFile)!;
        using SafeFileHandle handle = files.OpenForReading(directory);
        files.SetGroup(handle, group, directory);
        files.SetMode(handle, ReadByGroup, directory);
    }
}
