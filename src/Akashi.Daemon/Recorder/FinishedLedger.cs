using Akashi.Host;
using Akashi.Linux.Files;

namespace Akashi.Daemon.Recorder;

/// <summary>The recordings that have ended, with their last hashes: kept apart from them, so that a recording whose hashes somebody made anew is found out.</summary>
/// <remarks>
/// A line each, added when a recording has ended. What isn't there any more is left out at the next start. In memory are those alone that aren't packed: of the others the file is asked. One thread's.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="log">Told of what can't be read or written.</param>
public sealed class FinishedLedger(string path, Action<string> log)
{
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

    /// <summary>Reads it, and writes it anew without the recordings that are gone.</summary>
    /// <param name="isPlain">Whether a recording is there, and not packed.</param>
    /// <param name="isPacked">Whether it's there, and packed.</param>
    public void Load(Func<string, bool> isPlain, Func<string, bool> isPacked)
    {
        Try(() =>
        {
            if (!File.Exists(path))
                return;
            using (var kept = new StreamWriter(path + ".new"))
            {
                foreach (string line in File.ReadLines(path))
                {
                    if (FinishedRecording.Read(line) is not { } finished)
                        continue;
                    bool staysPlain = isPlain(finished.Name);
                    if (staysPlain)
                        _plain[finished.Name] = finished;
                    if (staysPlain || isPacked(finished.Name))
                        kept.Write(line + "\n");
                }
            }

            File.Move(path + ".new", path, overwrite: true);
        });
    }

    /// <summary>Adds one.</summary>
    public void Add(FinishedRecording finished)
    {
        _plain[finished.Name] = finished;
        Try(() => File.AppendAllText(path, finished.ToLine() + "\n"));
    }

    /// <summary>One that was packed, or removed.</summary>
    public void Forget(string name) => _plain.Remove(name);

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
