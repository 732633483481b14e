using System.Text;
using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Ausearch.Checkpoints;

/// <summary>Small files of text that are read whole and replaced whole.</summary>
static class SmallFile
{
    const int LengthMax = 64 * 1024;
    const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Reads one; of a longer one the beginning.</summary>
    /// <exception cref="TrailException">It can't be opened or read.</exception>
    public static string Read(IFiles files, string path)
    {
        using SafeFileHandle handle = files.OpenForReading(path);
        return Read(handle, path);
    }

    /// <summary>Reads one that nobody but its owner, root or us, could have written, not through a symbolic link.</summary>
    /// <returns>Null where it's none such.</returns>
    public static string? TryReadOwn(IFiles files, string path, uint uid)
    {
        if (!files.TryLook(path, followsLink: false, out FileStatus status)
            || status.Kind != FileKind.Regular
            || status.IsSymbolicLink
            || (status.Uid != uid && status.Uid != 0)
            || (status.Mode & WritableByOthers) != 0)
            return null;
        try
        {
            using SafeFileHandle handle = files.OpenForReading(path);
            FileIdentity identity = files.Identify(handle);

            // Between the look and the opening another file may have taken the name.
            return (identity.Device, identity.Inode) == (status.Device, status.Inode) ? Read(handle, path) : null;
        }
        catch (TrailException)
        {
            return null;
        }
    }

    /// <summary>Puts a file in a name's place, at once and whole; a link there is replaced, not followed. Only its owner may read it.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">The name.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="isKept">Whether it must be on the disk before it takes the name.</param>
    /// <exception cref="TrailException">It can't be written, or what has the name is no file.</exception>
    public static void Replace(IFiles files, string path, string text, bool isKept)
    {
        if (files.TryLook(path, followsLink: false, out FileStatus there) && there is { IsSymbolicLink: false, Kind: not FileKind.Regular })
            throw new TrailException("open", path, 0, "it is not a file");
        string beside = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = OwnersOnly };
            using (var stream = new FileStream(beside, options))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(isKept);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryRemove(beside);
            throw FileFault.Of("open", path, exception);
        }
    }

    /// <summary>Removes a file where it is there and can be removed.</summary>
    public static void TryRemove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it finds that it is out of date.
        }
    }

    static string Read(SafeFileHandle handle, string path)
    {
        try
        {
            return Encoding.UTF8.GetString(FileBeginning.Read(handle, LengthMax));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("read", path, exception);
        }
    }
}
