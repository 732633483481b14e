using Akashi.Host;
using Akashi.Linux.Files;

namespace Akashi.Daemon.Status;

/// <summary>Metrics in a file, for node_exporter's collector of text files, which reads <c>*.prom</c> of a directory.</summary>
/// <remarks>Written beside and renamed: who reads meanwhile gets the old one or the new one, whole. Read by all, 0644.</remarks>
public static class MetricsFile
{
    const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes it.</summary>
    /// <exception cref="TrailException">The directory or the disk refused.</exception>
    public static void Write(string path, byte[] text)
    {
        // Not a name that the collector would read.
        string beside = path + ".new";
        try
        {
            File.Delete(beside);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ReadByAll };
            using (var stream = new FileStream(beside, options))
                stream.Write(text);
            File.SetUnixFileMode(beside, ReadByAll);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrailException("write", path, FileFault.ErrnoOf(exception), FileFault.Describe(exception));
        }
    }
}
