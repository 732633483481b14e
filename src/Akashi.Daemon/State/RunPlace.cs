using Akashi.Host;

namespace Akashi.Daemon.State;

/// <summary>Where running services leave what doesn't outlive a boot: <c>/run/akashi</c>.</summary>
/// <remarks>
/// <code>
/// /run/akashi            0755   so that others than root find the socket
///   control              0660   the control socket
///   kernel/              0700   the kernel's state before a start: KernelSnapshotFile
///   service/             0700   what the service last knew: RecordingMarkFile
/// </code>
/// A directory that isn't the user's own, or is a symbolic link, is refused; wider or narrower rights than these are set right (earlier versions
/// had /run/akashi for root alone).
/// </remarks>
public static class RunPlace
{
    /// <summary>The directory.</summary>
    public const string Root = "/run/akashi";

    const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode FoundByAll = OwnersAlone
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Makes a directory where it's missing: 0755 for <see cref="Root"/>, else 0700; the root's directories make the root too.</summary>
    /// <exception cref="TrailException">It can't be made, or what stands there is somebody else's.</exception>
    public static void Make(IFiles files, string directory)
    {
        if (Path.GetDirectoryName(directory) == Root)
            Make(files, Root);
        Make(files, directory, isFoundByAll: directory == Root);
    }

    /// <summary>Makes a directory of either kind.</summary>
    /// <inheritdoc cref="Make(IFiles, string)"/>
    public static void Make(IFiles files, string directory, bool isFoundByAll)
    {
        UnixFileMode mode = isFoundByAll ? FoundByAll : OwnersAlone;
        try
        {
            if (!Directory.Exists(directory))
                Directory.CreateDirectory(directory, mode);
            RefuseOthers(files, directory, out UnixFileMode found);
            if (found != mode)
                File.SetUnixFileMode(directory, mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("make", directory, exception);
        }
    }

    /// <summary>Refuses a directory that is a link, or somebody else's.</summary>
    /// <exception cref="TrailException">It is.</exception>
    public static void RefuseOthers(IFiles files, string directory, out UnixFileMode mode)
    {
        if (!files.TryLook(directory, followsLink: false, out FileStatus status))
            throw new TrailException("use", directory, 0, "it is not to be seen");
        mode = status.Mode;
        if (status.Kind != FileKind.Directory)
            throw new TrailException("use", directory, 0, status.IsSymbolicLink ? "it is a symbolic link" : "it is not a directory");
        if (Environment.IsPrivilegedProcess && status.Uid != 0)
            throw new TrailException("use", directory, 0, $"it belongs to user {status.Uid}, not to root");
    }
}
