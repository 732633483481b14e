using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Protect;

/// <summary>Gives each file of a directory the append-only flag before whoever makes or opens it gets a descriptor.</summary>
/// <remarks>
/// Two threads: one answers the kernel's questions and does nothing slow; the other looks the directory through, at the beginning and where names came
/// that nobody opened here (rename, link), and opens files, which the first is asked about. Nothing below the directory is looked at.
/// </remarks>
public sealed class DirectoryGuard : IDisposable
{
    static readonly TimeSpan s_lookApart = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_lookAtLeast = TimeSpan.FromSeconds(60);

    readonly IHost _host;
    readonly string _directory;
    readonly ProtectJournal _journal;
    readonly Action<string> _say;
    readonly OpeningGuard _guard;
    readonly IFileWatcher _changes;
    readonly Thread _looker;
    readonly ManualResetEventSlim _looked = new();
    long _protected;
    volatile bool _isStopped;
    AuditException? _fault;

    DirectoryGuard(IHost host, string directory, ProtectJournal journal, Action<string> say)
    {
        (_host, _directory, _journal, _say) = (host, directory, journal, say);
        _changes = host.Files.Watch(directory);
        _guard = OpeningGuard.Watch(directory);
        _looker = new Thread(LookOn) { Name = "look", IsBackground = true };
    }

    /// <summary>Files that were given the flag.</summary>
    public long ProtectedCount => Interlocked.Read(ref _protected);

    /// <summary>Begins to guard.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="directory">The directory, an absolute path.</param>
    /// <param name="journal">Held by this.</param>
    /// <param name="say">Told what is wrong; any thread.</param>
    /// <exception cref="AuditException">Its file system has no such flag, or the kernel doesn't ask.</exception>
    public static DirectoryGuard Begin(IHost host, string directory, ProtectJournal journal, Action<string> say)
    {
        FileKind kind = host.Files.KindOf(directory);
        if (kind != FileKind.Directory)
            throw new AuditException($"cannot protect {directory}: {(kind == FileKind.Missing ? "No such file or directory" : "it is no directory")}");

        // Held first: where another process guards the directory, what is tried would be a file for that one's journal.
        bool hadJournal = File.Exists(journal.Path);
        journal.Hold();

        // Before the first question: it opens a file itself.
        if (AppendOnlyFiles.TryIn(directory) is { } fault)
        {
            if (!hadJournal)
                journal.Remove();
            throw new AuditException($"cannot protect {directory}: {fault}");
        }

        return new DirectoryGuard(host, directory, journal, say);
    }

    /// <summary>Guards until <see cref="Stop"/>.</summary>
    /// <param name="ready">Called once all that was there is looked through.</param>
    /// <exception cref="AuditException">The directory can't be looked through, at the beginning or later: what is moved into it would get no flag.</exception>
    public void Run(Action ready)
    {
        _looker.Start();
        var teller = new Thread(() => { _looked.Wait(); if (!_isStopped) ready(); }) { IsBackground = true };
        teller.Start();
        while (!_isStopped)
            _guard.Answer(Opened);
        _looked.Set();
        teller.Join();
        _looker.Join();
        if (_fault is not null)
            throw _fault;
    }

    /// <summary>Ends <see cref="Run"/>; from any thread. Files keep their flags.</summary>
    public void Stop()
    {
        _isStopped = true;
        _guard.Wake();
        _changes.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _guard.Dispose();
        _changes.Dispose();
    }

    // What is opened here by the looking thread, it takes care of itself.
    void Opened(SafeFileHandle file, int pid, bool isOwn)
    {
        if (!isOwn && AppendOnlyFiles.Look(file) is { IsAppendOnly: false } found)
            Protect(file, found, found.SizeBytes == 0 ? ProtectedWhen.Made : ProtectedWhen.Opened, OpenFileName.Of(file));
    }

    void LookOn()
    {
        try
        {
            Look();
            _looked.Set();
            while (!_isStopped)
            {
                _changes.Wait(s_lookAtLeast);
                if (!_isStopped)
                    Look();

                // What changes all the time is looked at once a second; a stop is noticed as soon.
                if (!_isStopped)
                    Thread.Sleep(s_lookApart);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _fault = new AuditException($"cannot look through {_directory}: {FileFault.Describe(exception)}", exception);
            Stop();
        }
    }

    void Look()
    {
        foreach (string path in Directory.EnumerateFiles(_directory))
        {
            if (_isStopped)
                return;
            if (AppendOnlyFiles.Look(path) is not { IsAppendOnly: false })
                continue;
            using SafeFileHandle? file = AppendOnlyFiles.Open(path);
            if (file is not null && AppendOnlyFiles.Look(file) is { IsAppendOnly: false } found)
                Protect(file, found, ProtectedWhen.Found, Path.GetFileName(path));
        }
    }

    void Protect(SafeFileHandle file, FlaggedFile found, ProtectedWhen when, string name)
    {
        if (AppendOnlyFlag.TryChange(file, true) is { } fault)
        {
            _say($"{name}: not protected: {fault}");
            return;
        }

        Interlocked.Increment(ref _protected);
        _journal.Add(new ProtectedFile(_host.Clock.GetUtcNow().ToUnixTimeSeconds(), found.Inode, found.SizeBytes, found.Uid, when, name));
    }
}
