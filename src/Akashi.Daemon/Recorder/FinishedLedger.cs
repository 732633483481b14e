using Akashi.Linux.Files;

namespace Akashi.Daemon.Recorder;

/// <summary>The recordings that have ended, with their last hashes: kept apart from them, so that a recording whose hashes somebody made anew is found out.</summary>
/// <remarks>A line each, added when a recording has ended. What isn't there any more is left out at the next start. One thread's.</remarks>
/// <param name="path">The file.</param>
/// <param name="log">Told of what can't be read or written.</param>
sealed class FinishedLedger(string path, Action<string> log)
{
    readonly Dictionary<string, FinishedRecording> _all = [];

    /// <summary>What is known of a recording; null where it hasn't ended, as far as is known.</summary>
    /// <param name="name">Its file's name before it was packed.</param>
    public FinishedRecording? Find(string name) => _all.GetValueOrDefault(name);

    /// <summary>Reads it, and writes it anew without the recordings that are gone.</summary>
    /// <param name="isThere">Whether a recording is, packed or not.</param>
    public void Load(Func<string, bool> isThere)
    {
        Try(() =>
        {
            string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
            foreach (FinishedRecording finished in lines.Select(FinishedRecording.Read).OfType<FinishedRecording>())
            {
                if (isThere(finished.Name))
                    _all[finished.Name] = finished;
            }

            if (_all.Count < lines.Length)
            {
                File.WriteAllLines(path + ".new", _all.Values.Select(finished => finished.ToLine()));
                File.Move(path + ".new", path, overwrite: true);
            }
        });
    }

    /// <summary>Adds one.</summary>
    public void Add(FinishedRecording finished)
    {
        _all[finished.Name] = finished;
        Try(() => File.AppendAllText(path, finished.ToLine() + "\n"));
    }

    /// <summary>Forgets one that was removed.</summary>
    public void Remove(string name) => _all.Remove(name);

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
