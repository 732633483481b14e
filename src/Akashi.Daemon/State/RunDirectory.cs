using System.Globalization;
using System.Text;
using Akashi.Host;

namespace Akashi.Daemon.State;

/// <summary>Where a running daemon leaves its number and its state: /run/audit.</summary>
/// <param name="path">The directory.</param>
public sealed class RunDirectory(string path)
{
    /// <summary>Where the original has it.</summary>
    public const string DefaultPath = "/run/audit";

    const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode ReadByGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>The file with the daemon's number.</summary>
    public string PidFile => Path.Combine(path, "auditd.pid");

    /// <summary>The file with its state.</summary>
    public string StateFile => Path.Combine(path, "auditd.state");

    /// <summary>Makes the directory where it's missing, and the pid file.</summary>
    /// <exception cref="TrailException">It can't be made.</exception>
    public void WritePid(uint pid)
    {
        try
        {
            Directory.CreateDirectory(path, DirectoryMode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("make", path, exception);
        }

        Replace(PidFile, string.Create(CultureInfo.InvariantCulture, $"{pid}\n"), ReadByAll);
    }

    /// <summary>Removes the pid file.</summary>
    public void RemovePid()
    {
        try
        {
            File.Delete(PidFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it later finds no process of that number, or no daemon.
        }
    }

    /// <summary>Writes the state; who reads it meanwhile sees the old one or the new one, whole.</summary>
    /// <exception cref="TrailException">It can't be written.</exception>
    public void WriteState(string text) => Replace(StateFile, text, ReadByGroup);

    static void Replace(string file, string text, UnixFileMode mode)
    {
        string made = file + ".new";
        try
        {
            File.Delete(made);
            using (var stream = new FileStream(made, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
                stream.Write(Encoding.UTF8.GetBytes(text));
            File.Move(made, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("write", file, exception);
        }
    }
}
