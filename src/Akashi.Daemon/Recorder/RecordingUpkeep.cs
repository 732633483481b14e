using System.Globalization;
using Akashi.Configuration;
using Akashi.Daemon.Recordings;
using Akashi.Host;
using Akashi.Linux.Compression;
using Akashi.Linux.Cryptography;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;
using Akashi.Linux.Terminals;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Recorder;

/// <summary>What becomes of recordings once their session has ended: ended where their keeper couldn't, verified, said in the audit, packed, and removed in the end. A thread of lowest priority.</summary>
/// <remarks>
/// All of it is found by looking at the directory, so that nothing is missed that ended while no service ran: a recording has ended when nobody holds its lock.
/// </remarks>
sealed class RecordingUpkeep : IDisposable
{
    const string Ending = ".cast";
    const string PackedEnding = Ending + RecordingPacking.PackedEnding;

    const int SaidMax = 1000;

    static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    // What couldn't be packed or ended is tried again: not each minute, since it costs the most where the disk is full.
    static readonly TimeSpan s_again = TimeSpan.FromMinutes(10);

    readonly IHost _host;
    readonly string _directory;
    readonly Func<RecorderConfiguration> _configuration;
    readonly RecorderAudit _audit;
    readonly Action<string> _log;
    readonly FinishedLedger _ledger;
    readonly RecordingPacking _packing;
    readonly ClockSteadiness _steadiness;
    readonly CancellationTokenSource _ended = new();
    readonly SemaphoreSlim _isAsked = new(0);
    readonly HashSet<string> _said = [];
    readonly Dictionary<string, long> _failed = [];
    Thread? _thread;
    long _finishedCount, _withGapsCount, _missingBytes;

    public RecordingUpkeep(IHost host, string directory, string ledgerPath, Func<RecorderConfiguration> configuration, RecorderAudit audit, Action<string> log)
    {
        (_host, _directory, _configuration, _audit, _log) = (host, directory, configuration, audit, log);
        _ledger = new FinishedLedger(ledgerPath, log);
        _packing = new RecordingPacking(host.Files);
        _steadiness = new ClockSteadiness(host.Clock);
    }

    /// <summary>Recordings that it finished, those of them where something is missing, and how much.</summary>
    public (long Finished, long WithGaps, long MissingBytes) Counts =>
        (Volatile.Read(ref _finishedCount), Volatile.Read(ref _withGapsCount), Volatile.Read(ref _missingBytes));

    /// <summary>Starts the thread, which looks at once.</summary>
    public void Start()
    {
        Load();
        _thread = new Thread(Run, 256 * 1024) { Name = "upkeep", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Reads what a service before knew.</summary>
    internal void Load() =>
        _ledger.Load(name => File.Exists(Path.Combine(_directory, name)), name => File.Exists(Path.Combine(_directory, name + RecordingPacking.PackedEnding)));

    /// <summary>Has it look: a session has ended.</summary>
    public void Look() => _isAsked.Release();

    /// <summary>Ends it; what is being packed is given up, and stays as it was.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _thread?.Join(TimeSpan.FromSeconds(5));
    }

    void Run()
    {
        DaemonProcess.YieldThread();
        try
        {
            while (true)
            {
                RunOnce();
                _isAsked.Wait(s_interval, _ended.Token);
                while (_isAsked.Wait(0))
                {
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    /// <summary>One round.</summary>
    internal void RunOnce()
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(_directory).ToList())
            {
                _ended.Token.ThrowIfCancellationRequested();
                if (path.EndsWith(AppendingFile.MakingEnding, StringComparison.Ordinal))
                    RemoveUnmade(path);
                else if (path.EndsWith(Ending, StringComparison.Ordinal))
                    Finish(path);
            }

            RemoveOldest();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AuditException)
        {
            SayOnce($"cannot look after {_directory}: {ReasonOf(exception)}");
        }
    }

    static string ReasonOf(Exception exception) => exception is AuditException ? exception.Message : FileFault.Describe(exception);

    // What one file refuses stops none of the others.
    void Finish(string path)
    {
        if (AppendingFile.IsHeld(path))
            return;
        string name = Path.GetFileName(path);
        if (_failed.TryGetValue(name, out long since) && _host.Clock.GetElapsedTime(since) < s_again)
            return;
        _failed.Remove(name);
        try
        {
            FinishedRecording? finished = _ledger.Find(name);
            if (finished is null && (finished = Examine(path)) is { } found)
            {
                RecordingSummary? seen = new RecordingCatalog(_host, _directory).Sum(path);
                _ledger.Add(found);
                Interlocked.Increment(ref _finishedCount);
                if (!found.IsWhole)
                    Interlocked.Increment(ref _withGapsCount);
                Interlocked.Add(ref _missingBytes, found.MissingBytes);
                _audit.Say(RecorderRecords.Recorded(found, seen), found.IsWhole);
            }

            if (finished is not null && _configuration() is { Compresses: true } configuration && ZstdFile.IsAvailable)
            {
                _packing.Pack(path, finished.Hash, configuration.CompressLevel, _ended.Token);
                _ledger.Forget(name);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AuditException)
        {
            _failed[name] = _host.Clock.GetTimestamp();
            SayOnce(exception is AuditException ? exception.Message : $"cannot look after {path}: {ReasonOf(exception)}");
        }
    }

    // Null where nothing was recorded in it, or it's to be looked at again.
    FinishedRecording? Examine(string path)
    {
        string name = Path.GetFileName(path);
        if (new FileInfo(path).Length == 0)
        {
            _audit.Say(RecorderRecords.Failed("session-unrecorded", name, "the keeper recorded nothing"), isSuccess: false);
            _packing.Remove(path);
            return null;
        }

        RecordingVerifier found = Verify(path);
        if (found is { Verdict: RecordingVerdict.EndMissing, Closed: null })
        {
            if (!Close(path))
                return null;
            found = Verify(path);
        }

        using SafeFileHandle file = _host.Files.OpenForReading(path);
        _host.Files.FlushWhole(file, path);
        string state = found.Verdict switch
        {
            RecordingVerdict.Fine => "whole",
            RecordingVerdict.EndMissing => found.Closed is null ? "cut" : "closed",
            RecordingVerdict.Altered => "altered",
            _ => "none",
        };
        return new FinishedRecording(name, found.LastHash, RandomAccess.GetLength(file), found.GapCount, found.MissingBytes, state);
    }

    // A keeper that was killed: the file says so, and what it has is proved. False where somebody holds it, or the disk doesn't take it.
    bool Close(string path)
    {
        using AppendingFile? file = AppendingFile.TryTakeLeft(path);
        if (file is null)
            return false;
        using (FileStream held = file.OpenHeld(path))
        {
            // Without a whole header there is nothing to prove.
            if (!RecordingTail.TryRead(held, out RecordingTail? tail) || tail!.Chain is null)
                return true;
            new RecordingWriter(file) { Blocks = new CryptoBlocks() }.Close(tail, _host.Clock.GetUtcNow().ToUnixTimeSeconds(), "its keeper was killed, or the machine stopped");
        }

        if (file.KeptBytes == 0)
            return true;
        SayOnce($"cannot write the end of {path}: {file.Reason}");
        return false;
    }

    RecordingVerifier Verify(string path)
    {
        using var stream = new FileStream(_host.Files.OpenForReading(path), FileAccess.Read, bufferSize: 1);
        return RecordingVerifier.Verify(stream, new CryptoBlocks());
    }

    void RemoveOldest()
    {
        RecorderConfiguration configuration = _configuration();
        DateTimeOffset? now = _steadiness.Look(out TimeSpan? jump);
        if (jump is { } difference)
            _log(string.Create(CultureInfo.InvariantCulture, $"the clock jumped by {difference.TotalHours:0.0} hours: for a day no recording is removed for its age"));
        if (configuration is { KeepDays: 0, KeepMegabytes: 0, KeepFree.Value: 0 })
            return;
        using SafeFileHandle directory = _host.Files.OpenForReading(_directory);
        var ended = new List<KeptRecording>();
        long liveBytes = 0;
        foreach (FileInfo file in new DirectoryInfo(_directory).EnumerateFiles())
        {
            // One beside its packed copy isn't packed yet; the copy doesn't count.
            if (file.Name.EndsWith(PackedEnding, StringComparison.Ordinal) && !File.Exists(file.FullName[..^RecordingPacking.PackedEnding.Length])
                || file.Name.EndsWith(Ending, StringComparison.Ordinal) && _ledger.Find(file.Name) is not null)
                ended.Add(new KeptRecording(file.FullName, file.LastWriteTimeUtc, file.Length));
            else
                liveBytes += file.Length;
        }

        foreach ((KeptRecording recording, string reason) in RecordingRetention.Choose(
            ended, liveBytes, configuration, _host.Files.SpaceAround(directory, _directory), now))
            RemoveOne(recording, reason);
    }

    // Said before, so that none goes unsaid; whoever reads one just then reads on.
    void RemoveOne(KeptRecording recording, string reason)
    {
        string name = Path.GetFileName(recording.Path);
        string plain = name.EndsWith(PackedEnding, StringComparison.Ordinal) ? name[..^RecordingPacking.PackedEnding.Length] : name;
        string hash = _ledger.FindHash(plain);
        _audit.Say(RecorderRecords.Removed(name, hash, reason), isSuccess: true);
        _host.Log("akashi recorder", $"removed recording {name}, last hash {(hash.Length == 0 ? "unknown" : hash)}: {reason}");
        try
        {
            _packing.Remove(recording.Path);
            _ledger.Forget(plain);
        }
        catch (AuditException exception)
        {
            _audit.Say(RecorderRecords.Failed("recording-removed", name, exception.Message), isSuccess: false);
        }
    }

    // Of a service that was killed while it made one: nobody has recorded into it.
    void RemoveUnmade(string path)
    {
        try
        {
            if (!AppendingFile.IsHeld(path) && _host.Clock.GetUtcNow() - File.GetLastWriteTimeUtc(path) > s_interval)
                File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            SayOnce($"cannot remove {path}: {FileFault.Describe(exception)}");
        }
    }

    void SayOnce(string fault)
    {
        if (_said.Count >= SaidMax)
            _said.Clear();
        if (_said.Add(fault))
            _log(fault);
    }
}
