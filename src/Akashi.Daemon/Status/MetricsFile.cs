using System.Security.Cryptography;
using Akashi.Host;

namespace Akashi.Daemon.Status;

/// <summary>Metrics in a file, for node_exporter's collector of text files, which reads <c>*.prom</c> of a directory.</summary>
/// <remarks>
/// Written beside and renamed: who reads meanwhile gets the old one or the new one, whole. Read by all, 0644. The directory may be another user's: the file is only
/// touched through what was opened, under a name that nobody can know before.
/// </remarks>
public static class MetricsFile
{
    const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes it.</summary>
    /// <exception cref="TrailException">The directory or the disk refused.</exception>
    public static void Write(string path, byte[] text)
    {
        // Not a name that the collector would read.
        string beside = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ReadByAll };
            using (var stream = new FileStream(beside, options))
            {
                File.SetUnixFileMode(stream.SafeFileHandle, ReadByAll);
                stream.Write(text);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(beside);
            throw FileFault.Of("write", path, exception);
        }
    }

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What refused the writing is said.
        }
    }
}
