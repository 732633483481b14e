using Akashi.Host;
using Akashi.Linux.Compression;
using Akashi.Linux.Processes;
using Akashi.Trail;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Disk;

/// <summary>Packs closed segments one after the other, in a thread of lowest priority.</summary>
/// <remarks>
/// <code>
/// pack      audit.log.N → audit.log.packing, whole and on the disk
/// replace   by the write stage, since only it renames: audit.log.packing → audit.log.M.zst, then audit.log.M goes; M is what N became meanwhile
/// </code>
/// After a crash there is audit.log.packing, which is removed at the start, or both audit.log.M and its packed form, which is whole: readers take
/// the plain one, and it's packed again.
/// </remarks>
public sealed class SegmentPacker : IDisposable
{
    const int StackBytes = 192 * 1024;
    const int NoSuchFile = 2;

    readonly IFiles _files;
    readonly string _path;
    readonly int _level;
    readonly Func<IReadOnlyList<string>> _listPlain;
    readonly Action<Action> _post;
    readonly Action<string> _say;
    readonly CancellationTokenSource _ended = new();
    readonly SemaphoreSlim _isAsked = new(0);
    readonly Thread _thread;
    IReadOnlyList<string> _asked = [];

    /// <summary>Starts the thread.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">The newest segment, which is never packed.</param>
    /// <param name="level">1 to 19.</param>
    /// <param name="listPlain">Write stage: the closed segments that aren't packed.</param>
    /// <param name="post">Any thread: has an action run by the write stage.</param>
    /// <param name="say">Told of what can't be packed.</param>
    public SegmentPacker(IFiles files, string path, int level, Func<IReadOnlyList<string>> listPlain, Action<Action> post, Action<string> say)
    {
        _files = files;
        _path = path;
        _level = level;
        _listPlain = listPlain;
        _post = post;
        _say = say;
        _thread = new Thread(Run, StackBytes) { Name = "pack", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where a segment is packed to.</summary>
    public static string WorkPath(string path) => path + ".packing";

    /// <summary>Removes what a packer that was cut off left.</summary>
    public static void RemoveLeftover(string path) => TryDelete(WorkPath(path));

    /// <summary>Write stage: there are these to be packed, the oldest first.</summary>
    public void Look(IReadOnlyList<string> plain)
    {
        Volatile.Write(ref _asked, plain);
        _isAsked.Release();
    }

    /// <summary>Ends; what is being packed is given up.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _thread.Join();
        RemoveLeftover(_path);
    }

    void Run()
    {
        DaemonProcess.YieldThread();
        try
        {
            while (true)
            {
                _isAsked.Wait(_ended.Token);
                while (Volatile.Read(ref _asked) is [var oldest, ..] && TryPack(oldest))
                {
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    // False where it must wait for the next rotation.
    bool TryPack(string path)
    {
        try
        {
            RemoveLeftover(_path);
            using SafeFileHandle? source = TryOpen(path);
            if (source is null)
                return false;
            FileIdentity identity = _files.Identify(source);
            ZstdFile.Pack(source, WorkPath(_path), _level, _files, _ended.Token);
            bool isReplaced = false;

            // Not disposed: a write stage that comes late still sets it.
            var done = new ManualResetEventSlim();
            _post(() =>
            {
                if (_ended.IsCancellationRequested)
                    return;
                isReplaced = TryReplace(identity);
                Volatile.Write(ref _asked, _listPlain());
                done.Set();
            });
            done.Wait(_ended.Token);
            return isReplaced;
        }
        catch (TrailException exception)
        {
            _say($"{exception.Message}; it stays as it is");
            RemoveLeftover(_path);
            return false;
        }
    }

    // Null where a rotation gave it another name since, whether the old one is another's by now or not: the rotation asked anew.
    SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return _files.OpenForReading(path);
        }
        catch (TrailException exception) when (exception.Errno == NoSuchFile)
        {
            return null;
        }
    }

    // By the write stage, which nothing here may end.
    bool TryReplace(FileIdentity packed)
    {
        try
        {
            return Replace(packed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TrailException)
        {
            _say($"cannot put a packed log in its place: {(exception is TrailException ? exception.Message : FileFault.Describe(exception))}");
            return false;
        }
    }

    // A segment that went meanwhile (num_logs), or grew by another's hand, stays without its packed form.
    bool Replace(FileIdentity packed)
    {
        foreach (string path in _listPlain())
        {
            if (!_files.TryLook(path, followsLink: false, out FileStatus status) || (status.Device, status.Inode) != (packed.Device, packed.Inode))
                continue;
            if (new FileInfo(path).Length != packed.LengthWhenOpened)
                return false;
            string directory = Path.GetDirectoryName(path)!;
            File.Move(WorkPath(_path), path + TrailWriter.PackedEnding, overwrite: true);
            using (SafeFileHandle handle = _files.OpenForReading(directory))
                _files.FlushWhole(handle, directory);
            TryDelete(path);
            return true;
        }

        return true;
    }

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It's tried again at the next.
        }
    }
}
