using Akashi.Host;

namespace Akashi.Daemon.State;

/// <summary>The file of a <see cref="RecordingMark"/>: <c>/run/akashi/service/mark</c>.</summary>
/// <remarks>One service at a time owns the kernel's audit, so there is one. It is not brought to the disk: the place doesn't outlive the machine anyway.</remarks>
/// <param name="files">The machine's files.</param>
/// <param name="root">The directory above; <see cref="RunPlace.Root"/> but in tests.</param>
public sealed class RecordingMarkFile(IFiles files, string root)
{
    const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    string Directory => Path.Combine(root, "service");

    string File => Path.Combine(Directory, "mark");

    /// <summary>Reads it.</summary>
    /// <param name="fault">Why it can't be used; null where it can, or there is none.</param>
    /// <returns>Null where there is none, or it can't be used.</returns>
    public RecordingMark? Read(out string? fault)
    {
        fault = null;
        try
        {
            RecordingMark? mark = RecordingMark.Read(System.IO.File.ReadAllBytes(File));
            fault = mark is null ? $"{File} is damaged: what the service before this one left is not known" : null;
            return mark;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = $"cannot read {File}: {FileFault.Describe(exception)}";
            return null;
        }
    }

    /// <summary>Writes it in place of the one there is.</summary>
    /// <exception cref="TrailException">It can't be written.</exception>
    public void Write(RecordingMark mark)
    {
        RunPlace.Make(files, Directory);
        string beside = File + ".new";
        try
        {
            System.IO.File.Delete(beside);
            var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = FileMode };
            using (var stream = new FileStream(beside, options))
                stream.Write(mark.ToBytes());
            System.IO.File.Move(beside, File, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("write", File, exception);
        }
    }
}
