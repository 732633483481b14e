using System.Globalization;
using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Linux.Files;

namespace Akashi.Daemon.Recorder;

/// <summary>The notes of all sessions that are recorded, a file each, named by the keeper's process.</summary>
/// <remarks>In a file system that a boot empties, as no keeper outlives one; so nothing is brought to a disk.</remarks>
/// <param name="files">The machine's files.</param>
/// <param name="directory">Where; made where it's missing.</param>
/// <param name="log">Told of what can't be written or read.</param>
sealed class SessionNotes(IFiles files, string directory, Action<string> log)
{
    /// <summary>Writes one. Where it can't be, a later service finds the session by its file's lock, but doesn't give the terminal back.</summary>
    public void Write(SessionNote note)
    {
        string path = PathOf(note.Keeper.Pid);
        try
        {
            RunPlace.Make(files, directory);
            File.WriteAllText(path + ".new", note.ToText());
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TrailException)
        {
            log($"cannot write {path}: {FileFault.Describe(exception)}");
        }
    }

    /// <summary>Forgets a session.</summary>
    public void Remove(int keeperPid) => TryDelete(PathOf(keeperPid));

    /// <summary>Reads all that are there; what is damaged is said and removed.</summary>
    public IReadOnlyList<SessionNote> ReadAll()
    {
        var found = new List<SessionNote>();
        if (!Directory.Exists(directory))
            return found;
        foreach (string path in Directory.GetFiles(directory))
        {
            try
            {
                if (!path.EndsWith(".new", StringComparison.Ordinal) && SessionNote.Read(File.ReadAllText(path)) is { } note)
                {
                    found.Add(note);
                    continue;
                }

                log($"{path} is damaged, and removed");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                log($"cannot read {path}: {FileFault.Describe(exception)}");
            }

            TryDelete(path);
        }

        return found;
    }

    string PathOf(int pid) => Path.Combine(directory, pid.ToString(CultureInfo.InvariantCulture));

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A note of an ended keeper is found to be one at the next start.
        }
    }
}
