using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Recorder;

/// <summary>Brings to the disk what keepers wrote: a thread that flushes each file which grew, and the directory where one is new.</summary>
/// <remarks>
/// Not the keepers themselves: fdatasync(2) may take long, and a session is never slowed. As long as no service runs, the kernel does it in its own time (30 seconds and more). Where the disk needs longer
/// for all of them than the interval, so does a round.
/// </remarks>
/// <param name="files">The machine's files.</param>
/// <param name="interval">Seconds between two rounds, asked before each; 0 for none.</param>
/// <param name="listLive">The files of sessions that go on; from any thread.</param>
/// <param name="log">Told of what can't be brought to the disk.</param>
sealed class RecordingSync(IFiles files, Func<int> interval, Func<IReadOnlyList<string>> listLive, Action<string> log) : IDisposable
{
    static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, long> _lengths = [];
    readonly ManualResetEventSlim _isEnded = new();
    Thread? _thread;
    string _fault = "";

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _thread = new Thread(Run, 192 * 1024) { Name = "sync", IsBackground = true };
        _thread.Start();
    }

    /// <summary>One round.</summary>
    /// <returns>How many files were flushed.</returns>
    public int Flush()
    {
        IReadOnlyList<string> live = listLive();
        int count = 0;
        string? directory = null;
        foreach (string path in live)
        {
            try
            {
                using SafeFileHandle file = files.OpenForReading(path);
                long length = RandomAccess.GetLength(file);
                if (!_lengths.TryGetValue(path, out long flushed))
                    directory = Path.GetDirectoryName(path);
                else if (flushed == length)
                    continue;
                files.Flush(file, path);
                _lengths[path] = length;
                count++;
                _fault = "";
            }
            catch (AuditException exception)
            {
                Say(exception.Message);
            }
        }

        if (directory is not null)
            FlushDirectory(directory);
        foreach (string ended in _lengths.Keys.Except(live).ToList())
            _lengths.Remove(ended);
        return count;
    }

    /// <summary>Ends it; a round that hangs isn't waited for.</summary>
    public void Dispose()
    {
        _isEnded.Set();
        _thread?.Join(TimeSpan.FromSeconds(1));
    }

    void Run()
    {
        while (!_isEnded.Wait(interval() is > 0 and int seconds ? TimeSpan.FromSeconds(seconds) : s_idle))
        {
            if (interval() > 0)
                Flush();
        }
    }

    void FlushDirectory(string directory)
    {
        try
        {
            using SafeFileHandle handle = files.OpenForReading(directory);
            files.FlushWhole(handle, directory);
        }
        catch (AuditException exception)
        {
            Say(exception.Message);
        }
    }

    // Once for each fault, and not each round.
    void Say(string fault)
    {
        if (_fault != fault)
            log(fault);
        _fault = fault;
    }
}
