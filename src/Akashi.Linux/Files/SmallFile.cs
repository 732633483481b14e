using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Linux.Files;

/// <summary>A file whose name somebody typed, and which has to be a regular one of few bytes: neither a pipe that nobody writes to nor a device without an end keeps us.</summary>
public static class SmallFile
{
    /// <summary>Reads one; links are followed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytesMax">How many bytes it may have.</param>
    /// <param name="mode">Who may do what with it.</param>
    /// <exception cref="TrailException">It isn't there, may not be read, is no regular file, or is longer.</exception>
    public static byte[] Read(string path, int bytesMax, out UnixFileMode mode)
    {
        // Before it's opened, as that alone has some devices do something; and again, as the name may be another file's by then.
        var files = new LinuxFiles();
        RequireRegular(files, path, path);
        using SafeFileHandle handle = files.OpenForReading(path);
        using var held = new HeldDescriptor(handle);
        mode = RequireRegular(files, $"/proc/self/fd/{held.Value}", path);
        byte[] bytes;
        try
        {
            bytes = FileBeginning.Read(handle, bytesMax + 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("read", path, exception);
        }

        return bytes.Length <= bytesMax ? bytes : throw new TrailException("read", path, 0, $"it is longer than {bytesMax} bytes");
    }

    static UnixFileMode RequireRegular(LinuxFiles files, string at, string path)
    {
        if (!files.TryLook(at, followsLink: true, out FileStatus status))
            throw LinuxFiles.Refused("read", path);
        return status.Kind == FileKind.Regular ? status.Mode : throw new TrailException("read", path, 0, status.Kind switch
        {
            FileKind.Directory => "it is a directory",
            FileKind.Fifo => "it is a pipe, not a file",
            _ => "it is no regular file",
        });
    }
}
