using Akashi.Control;
using Akashi.Host;

namespace Akashi.Daemon.Remote;

/// <summary>The file that keeps what a receiver knows of hosts: <c>akashi-hosts</c> beside the trail.</summary>
/// <remarks>Not brought to the disk: after power failed it may be ten seconds old, or gone, and then names are given anew.</remarks>
static class HostFile
{
    const string FileName = "akashi-hosts";
    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file beside a trail.</summary>
    public static string PathBeside(string trailPath) => Path.Combine(Path.GetDirectoryName(trailPath)!, FileName);

    /// <summary>Reads it.</summary>
    /// <returns>The hosts; none where there is no such file, or it can't be used, which is said.</returns>
    public static IReadOnlyList<HostStatus> Read(string path, Action<string> say)
    {
        try
        {
            if (!File.Exists(path))
                return [];
            if (new FileInfo(path).Length <= HostListText.BytesMax && HostListText.Read(File.ReadAllBytes(path)) is { } hosts)
                return hosts;
            say($"{path} is damaged: whose nodes' names are whose isn't known, and they are given anew");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            say($"cannot read {path}: {FileFault.Describe(exception)}");
        }

        return [];
    }

    /// <summary>Writes it in place of the one there is.</summary>
    /// <exception cref="TrailException">It can't be written.</exception>
    public static void Write(string path, IEnumerable<HostStatus> hosts)
    {
        string beside = path + ".new";
        try
        {
            File.Delete(beside);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode };
            using (var stream = new FileStream(beside, options))
                stream.Write(HostListText.Write(hosts));
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("write", path, exception);
        }
    }
}
