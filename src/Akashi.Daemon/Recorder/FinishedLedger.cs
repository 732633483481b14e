using System.Text;
using Akashi.Host;
using Akashi.Linux.Files;

namespace Akashi.Daemon.Recorder;

/// <summary>The recordings that have ended, with their last hashes: kept apart from them, so that a recording whose hashes somebody made anew is found out.</summary>
/// <remarks>
/// A line each, added when a recording has ended. What isn't there any more is left out at the next start that finds any recording: a directory without one may be one
/// whose disk isn't mounted. In memory are those alone that aren't packed: of the others the file is asked. One thread's.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="log">Told of what can't be read or written.</param>
public sealed class FinishedLedger(string path, Action<string> log)
{
    const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly Dictionary<string, FinishedRecording> _plain = [];

    /// <summary>What is known of a recording that isn't packed; null where it hasn't ended, as far as is known.</summary>
    /// <param name="name">Its file's name.</param>
    public FinishedRecording? Find(string name) => _plain.GetValueOrDefault(name);

    /// <summary>The last hash of a recording, packed or not; empty where it isn't known.</summary>
    /// <param name="name">Its file's name before it was packed.</param>
    public string FindHash(string name)
    {
        string hash = Find(name)?.Hash ?? "";
        if (hash.Length > 0)
            return hash;
        Try(() =>
        {
            // The last one: a name may be given again once its recording was removed.
            foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
            {
                if (line.StartsWith(name, StringComparison.Ordinal) && FinishedRecording.Read(line) is { } finished && finished.Name == name)
                    hash = finished.Hash;
            }
        });
        return hash;
    }

    /// <summary>Reads it, and writes it anew without the recordings that are gone; where there is no recording at all, none is left out.</summary>
    /// <param name="isPlain">Whether a recording is there, and not packed.</param>
    /// <param name="isPacked">Whether it's there, and packed.</param>
    public void Load(Func<string, bool> isPlain, Func<string, bool> isPacked)
    {
        Try(() =>
        {
            if (!File.Exists(path))
                return;
            bool isAnyThere = false;
            foreach (FinishedRecording finished in ReadAll())
            {
                if (isPlain(finished.Name))
                    _plain[finished.Name] = finished;
                isAnyThere = isAnyThere || _plain.Count > 0 || isPacked(finished.Name);
            }

            // Without a line that was torn, or the next would be part of it.
            File.Delete(path + ".new");
            Write(path + ".new", FileMode.CreateNew, ReadAll().Where(finished => !isAnyThere || _plain.ContainsKey(finished.Name) || isPacked(finished.Name)));
            File.Move(path + ".new", path, overwrite: true);
        });
    }

    /// <summary>Adds one.</summary>
    public void Add(FinishedRecording finished)
    {
        _plain[finished.Name] = finished;
        Try(() => Write(path, FileMode.Append, [finished]));
    }

    /// <summary>One that was packed, or removed.</summary>
    public void Forget(string name) => _plain.Remove(name);

    IEnumerable<FinishedRecording> ReadAll() => File.ReadLines(path).Select(FinishedRecording.Read).OfType<FinishedRecording>();

    // On the disk before it counts: it's evidence.
    static void Write(string path, FileMode mode, IEnumerable<FinishedRecording> all)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = mode, Access = FileAccess.Write, UnixCreateMode = OwnersAlone });
        foreach (FinishedRecording finished in all)
            file.Write(Encoding.UTF8.GetBytes(finished.ToLine() + "\n"));
        file.Flush(flushToDisk: true);
    }

    void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log($"cannot keep {path}: {FileFault.Describe(exception)}");
        }
    }
}
