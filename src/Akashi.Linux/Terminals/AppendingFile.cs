using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Output;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>A file that is only ever added to, and gets all it's given in order, or waits.</summary>
/// <remarks>
/// Opened O_APPEND by open(2) itself, so that files with the append-only flag (chattr +a) take it; .NET's way would seek. What the disk refuses is kept and tried
/// again by the next write or <see cref="Flush"/>: so no line is ever torn but at the very end. Locked (flock(2)) against a second writer of its kind.
/// </remarks>
public sealed unsafe class AppendingFile : OneWayStream
{
    /// <summary>What a name ends in while its file is being made.</summary>
    public const string MakingEnding = ".making";

    const uint ModeOfNewFiles = 0x180 /* rw------- */;

    readonly SafeFileHandle _handle;
    readonly int _descriptor;
    byte[] _kept = [];
    int _keptStart;
    int _keptEnd;

    // A keeper has the lock of what was made for it, also when its service closes the file.
    bool _isOursAlone;

    AppendingFile(int descriptor)
    {
        _descriptor = descriptor;
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    AppendingFile(SafeFileHandle handle) => (_descriptor, _handle) = ((int)handle.DangerousGetHandle(), handle);

    /// <summary>Why the last write was refused, as strerror(3) has it; null where it wasn't.</summary>
    public string? Reason { get; private set; }

    /// <summary>Bytes that the disk hasn't taken.</summary>
    public int KeptBytes => _keptEnd - _keptStart;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>Opens a file, made for its owner alone where it's missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isNamed">Whether somebody gave the name; else it may be no link. Nor may it be where root opens it in a directory that others write to.</param>
    /// <exception cref="AuditException">It can't be opened, is none to write to, or somebody else is adding to it.</exception>
    public static AppendingFile Open(string path, bool isNamed)
    {
        int descriptor = GuardedOpening.Open(path, O_WRONLY | O_CREAT | O_APPEND, ModeOfNewFiles, isNamed, out string? reason);
        if (reason is not null)
            throw new AuditException($"cannot write {path}: {reason}");
        var file = new AppendingFile(descriptor);

        // Beyond the limit of ulimit -f a write is to fail as on a full disk, not to end us. Sessions get every signal's default.
        _ = signal(SIGXFSZ, SIG_IGN);
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 || Errno != EAGAIN)
            return file;
        file.Dispose();
        throw new AuditException($"cannot write {path}: it is being recorded into");
    }

    /// <summary>Makes a file that isn't there yet, for its owner alone, with the append-only flag of chattr(1) where the file system has it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isAppendOnly">Whether it has the flag.</param>
    /// <exception cref="AuditException">It can't be made, or is there.</exception>
    public static AppendingFile Create(string path, out bool isAppendOnly)
    {
        // Locked before it has the name by which others look for it: else one who looks just then keeps us from the lock, or takes the recording for an ended one.
        string made = path + MakingEnding;
        int descriptor = open(made, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, ModeOfNewFiles);
        if (descriptor < 0)
            throw Refused(path);
        var file = new AppendingFile(descriptor);
        try
        {
            if (flock(descriptor, LOCK_EX | LOCK_NB) != 0)
                throw Refused(path);
            File.Move(made, path, overwrite: false);

            // Renaming comes first: a file with the flag keeps its name.
            isAppendOnly = AppendOnlyFlag.TryChange(file.Handle, true) is null;
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AuditException)
        {
            file.Dispose();
            File.Delete(made);
            throw exception as AuditException ?? new AuditException($"cannot write {path}: {FileFault.Describe(exception)}", exception);
        }
    }

    /// <summary>Opens a recording that its recorder left, to add its end; nobody else can while it's held.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null where somebody records into it.</returns>
    /// <exception cref="AuditException">It can't be opened.</exception>
    public static AppendingFile? TryTakeLeft(string path)
    {
        int descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK, 0);
        if (descriptor < 0)
            throw Refused(path);
        var file = new AppendingFile(descriptor);
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        {
            file._isOursAlone = true;
            return file;
        }

        file.Dispose();
        return null;
    }

    /// <summary>Takes over one that this process was started with; its lock goes with it.</summary>
    public static AppendingFile Adopt(SafeFileHandle handle)
    {
        _ = signal(SIGXFSZ, SIG_IGN);
        return new AppendingFile(handle);
    }

    /// <summary>Whether somebody records into a file now.</summary>
    public static bool IsHeld(string path)
    {
        int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK, 0);
        // Whoever has no descriptor left can't know, and takes nobody's recording for ended.
        if (descriptor < 0)
            return Errno is EMFILE or ENFILE;
        bool isHeld = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && Errno == EAGAIN;
        Release(descriptor);
        _ = close(descriptor);
        return isHeld;
    }

    /// <summary>The descriptor, for whom it's handed to.</summary>
    public SafeFileHandle Handle => _handle;

    /// <summary>How much the file holds; 0 for what is no plain file.</summary>
    public long MeasureHeld() => GuardedOpening.Look(_descriptor) is (S_IFREG, var length) ? length : 0;

    /// <summary>Opens what the file holds, this file whatever has become of its name.</summary>
    /// <exception cref="AuditException">It may be written to, but not read.</exception>
    public FileStream OpenHeld(string path)
    {
        int descriptor = open($"/proc/self/fd/{_descriptor}", O_RDONLY | O_CLOEXEC, 0);
        return descriptor >= 0
            ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 1)
            : throw new AuditException($"cannot read {path}: {ErrorText.Of(Errno)}");
    }

    /// <summary>Throws away what the file holds.</summary>
    /// <exception cref="AuditException">It can't be: a file that takes only additions.</exception>
    public void Clear(string path)
    {
        if (ftruncate(_descriptor, 0) != 0)
            throw Refused(path);
    }

    /// <summary>Writes all of it, or keeps what the disk refuses.</summary>
    public override void Write(ReadOnlySpan<byte> bytes)
    {
        Flush();
        int taken = KeptBytes > 0 ? 0 : WriteOut(bytes);
        Keep(bytes[taken..]);
    }

    /// <summary>Tries again what was refused.</summary>
    public override void Flush()
    {
        if (KeptBytes == 0)
            return;
        _keptStart += WriteOut(_kept.AsSpan(_keptStart, KeptBytes));
        if (KeptBytes == 0)
            (_kept, _keptStart, _keptEnd) = ([], 0, 0);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _isOursAlone && !_handle.IsClosed)
            Release(_descriptor);
        if (disposing)
            _handle.Dispose();
        base.Dispose(disposing);
    }

    // To close isn't enough: a process that another thread starts has a copy of every descriptor until its execve(2), and a lock is held as long as any.
    static void Release(int descriptor) => _ = flock(descriptor, LOCK_UN);

    static AuditException Refused(string path) => new($"cannot write {path}: {ErrorText.Of(Errno)}");

    void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        if (_keptEnd + bytes.Length > _kept.Length)
        {
            byte[] larger = new byte[(KeptBytes + bytes.Length) * 2];
            _kept.AsSpan(_keptStart, KeptBytes).CopyTo(larger);
            (_kept, _keptStart, _keptEnd) = (larger, 0, KeptBytes);
        }

        bytes.CopyTo(_kept.AsSpan(_keptEnd));
        _keptEnd += bytes.Length;
    }

    int WriteOut(ReadOnlySpan<byte> bytes)
    {
        int done = 0;
        fixed (byte* start = bytes)
        {
            while (done < bytes.Length)
            {
                nint count = write(_descriptor, start + done, (nuint)(bytes.Length - done));
                if (count < 0 && Errno == EINTR)
                    continue;
                if (count <= 0)
                {
                    Reason = ErrorText.Of(count < 0 ? Errno : EIO);
                    return done;
                }

                done += (int)count;
            }
        }

        Reason = null;
        return done;
    }
}
