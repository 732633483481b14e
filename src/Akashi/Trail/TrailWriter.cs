using Akashi.Configuration;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Trail;

/// <summary>Appends groups of records to the newest segment of a trail, and rotates it.</summary>
/// <remarks>
/// Rotation, as readers of the format expect it: the log gets its read-only permissions, the oldest beyond the wanted number goes, every
/// <c>.N</c> becomes <c>.N+1</c> from the highest down, the log becomes <c>.1</c>, and a new one is made. Where somebody moved the log or its
/// directory away, nothing is renamed: writing goes on at the path as soon as it can be opened, and until then in the moved file.
/// Not for several threads, but <see cref="Flush"/> and <see cref="FlushWhole"/>.
/// </remarks>
public sealed class TrailWriter : IDisposable
{
    /// <summary>What a packed segment's name has behind its number; packed and plain ones are numbered alike.</summary>
    public const string PackedEnding = ".zst";

    const UnixFileMode ReadByOwner = UnixFileMode.UserRead;
    const UnixFileMode WrittenByOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly IFiles _files;
    readonly SegmentNames _names;
    readonly RotationSettings _rotation;
    readonly IReadOnlyList<ITrailObserver> _observers;
    readonly uint? _readerGroup;
    SafeFileHandle? _handle;
    FileIdentity _identity;
    bool _mayEndInside;
    bool _mayHaveGrown;
    bool _beganInside;

    /// <summary>Opens the newest segment, making it where it's missing; its directory must be there.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">The newest segment's path.</param>
    /// <param name="rotation">When it rotates.</param>
    /// <param name="observers">Told of groups and closed segments.</param>
    /// <param name="readerGroup">The group that may read the segments; null for none but the owner.</param>
    /// <exception cref="TrailException">It can't be opened for writing.</exception>
    public TrailWriter(
        IFiles files, string path, RotationSettings rotation, IReadOnlyList<ITrailObserver> observers, uint? readerGroup = null)
    {
        _files = files;
        _rotation = rotation;
        _observers = observers;
        _readerGroup = readerGroup;
        _names = new SegmentNames(path);
        Path = path;
        Open();
    }

    /// <summary>The path of the newest segment.</summary>
    public string Path { get; }

    /// <summary>Bytes of the newest segment, as far as this writer knows.</summary>
    public long Length { get; private set; }

    /// <summary>Rotations made.</summary>
    public long Rotations { get; private set; }

    /// <summary>The room of the file system that is written to.</summary>
    /// <exception cref="TrailException">The disk doesn't say, or the segment can't be opened.</exception>
    public FileSystemSpace Space => _files.SpaceAround(_handle ?? Open(), Path);

    UnixFileMode WrittenMode => _readerGroup is null ? WrittenByOwner : WrittenByOwner | UnixFileMode.GroupRead;

    UnixFileMode ClosedMode => _readerGroup is null ? ReadByOwner : ReadByOwner | UnixFileMode.GroupRead;

    /// <summary>Appends whole lines.</summary>
    /// <param name="lines">One or more lines, each with its line feed.</param>
    /// <exception cref="TrailException">The disk refused. What part of the lines it took is unknown; writing may be tried again.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        SafeFileHandle handle = MakeReady();
        _mayEndInside = true;
        try
        {
            _files.Append(handle, lines, Path);
        }
        catch (TrailException)
        {
            // At once: a kill before the next append would leave half a line.
            _mayEndInside = !TryTakeBack(handle);
            throw;
        }

        _mayEndInside = false;
        var position = new TrailPosition(_identity.Device, _identity.Inode, Length);
        Length += lines.Length;
        foreach (ITrailObserver observer in _observers)
            observer.GroupWritten(position, lines);
    }

    /// <summary>Where the next append will write; nothing but that append may come between.</summary>
    /// <exception cref="TrailException">The segment can't be opened, or what a refused append left can't be closed.</exception>
    public TrailPosition Prepare()
    {
        MakeReady();
        return new TrailPosition(_identity.Device, _identity.Inode, Length);
    }

    /// <summary>Has everything on the disk before it returns.</summary>
    /// <exception cref="TrailException">The disk refused.</exception>
    public void Flush()
    {
        if (_handle is { } handle)
            _files.Flush(handle, Path);
    }

    /// <summary>As <see cref="Flush"/>, and what is known of the file too.</summary>
    /// <exception cref="TrailException">The disk refused.</exception>
    public void FlushWhole()
    {
        if (_handle is { } handle)
            _files.FlushWhole(handle, Path);
    }

    /// <summary>Begins a new segment where this one got too long.</summary>
    /// <returns>Whether there is a new one.</returns>
    /// <exception cref="TrailException">As of <see cref="Rotate"/>.</exception>
    public bool RotateWhereDue() => _rotation.IsDue(Length) && Rotate();

    /// <summary>Begins a new segment now; with fewer than two wanted there is nothing to do.</summary>
    /// <returns>Whether there is a new one.</returns>
    /// <exception cref="TrailException">The directory or the disk refused; the segment being written stays usable.</exception>
    public bool Rotate()
    {
        if (_rotation.SegmentsMax < 2)
            return false;
        SafeFileHandle handle = _handle ?? Open();
        if (ReopenWhereMoved())
            return true;
        _files.SetMode(handle, ClosedMode, Path);
        var end = new TrailPosition(_identity.Device, _identity.Inode, Length);
        Translated("rotate", () => _names.Shift(_rotation));
        Flush();
        Close();
        Rotations++;
        foreach (ITrailObserver observer in _observers)
            observer.SegmentClosed(end, _names.Numbered(1));
        Open();
        return true;
    }

    /// <summary>Goes back to the path where another file, or none, stands there by now.</summary>
    /// <returns>Whether the segment is a new one.</returns>
    /// <exception cref="TrailException">The path can't be opened; the moved segment stays usable.</exception>
    public bool ReopenWhereMoved()
    {
        if (_handle is not { } moved || IsInPlace())
            return false;
        Open();
        moved.Dispose();
        return true;
    }

    /// <summary>Removes rotated segments beyond the wanted number, which a smaller num_logs leaves.</summary>
    /// <returns>How many went.</returns>
    /// <exception cref="TrailException">The directory refused.</exception>
    public int RemoveSurplus()
    {
        if (_rotation.SegmentsMax < 2 || _rotation.KeepsAll)
            return 0;
        int count = 0;
        Translated("remove old segments of", () =>
        {
            foreach (string path in _names.ListClosed().Where(found => found.Number >= _rotation.SegmentsMax).Select(found => found.Path).ToList())
            {
                File.Delete(path);
                count++;
            }
        });
        return count;
    }

    /// <summary>The closed segments that aren't packed, the oldest first.</summary>
    public IReadOnlyList<string> ListPlain()
    {
        try
        {
            return [.. _names.ListClosed().Where(found => !found.Path.EndsWith(PackedEnding, StringComparison.Ordinal)).OrderByDescending(found => found.Number).Select(found => found.Path)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>How many segments there are, the newest one included.</summary>
    public int CountSegments()
    {
        try
        {
            return 1 + _names.ListClosed().DistinctBy(found => found.Number).Count();
        }
        catch (IOException)
        {
            return 1;
        }
    }

    /// <summary>Closes the segment; the next append opens the path anew.</summary>
    public void Close()
    {
        _handle?.Dispose();
        _handle = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    // The end is known, and is the end of a line.
    SafeFileHandle MakeReady()
    {
        SafeFileHandle handle = _handle ?? Open();
        if (_mayHaveGrown)
            FindEnd(handle);
        if (_mayEndInside)
            Mend(handle);
        _mayEndInside = _beganInside;
        if (_beganInside)
            CloseLine(handle);
        _mayEndInside = false;
        return handle;
    }

    SafeFileHandle Open()
    {
        SafeFileHandle handle = _files.OpenForAppending(Path, WrittenMode);
        try
        {
            if (_readerGroup is { } group)
                _files.SetGroup(handle, group, Path);
            _files.SetMode(handle, WrittenMode, Path);
            _identity = _files.Identify(handle);
        }
        catch (TrailException)
        {
            handle.Dispose();
            throw;
        }

        _handle = handle;
        _mayEndInside = false;
        Length = _identity.LengthWhenOpened;
        _mayHaveGrown = true;
        return handle;
    }

    // Before the first append, and not when it's opened: after SIGHUP the writer before this one goes on until it's replaced, and what it wrote meanwhile
    // must not be taken back as the rest of a refused append.
    void FindEnd(SafeFileHandle handle)
    {
        Length = RandomAccess.GetLength(handle);
        _beganInside = Length > 0 && !EndsWithLineFeed();
        _mayHaveGrown = false;
    }

    // A segment whose last writer was cut off, by a full disk or by the end of the machine.
    bool EndsWithLineFeed()
    {
        try
        {
            Span<byte> last = stackalloc byte[1];
            using SafeFileHandle reader = _files.OpenForReading(Path);
            return RandomAccess.Read(reader, last, Length - 1) == 1 && last[0] == (byte)'\n';
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TrailException)
        {
            return false;
        }
    }

    void CloseLine(SafeFileHandle handle)
    {
        _files.Append(handle, "\n"u8, Path);
        Length++;
        _beganInside = false;
    }

    bool IsInPlace() =>
        _files.TryLook(Path, followsLink: true, out FileStatus status)
        && status.Device == _identity.Device && status.Inode == _identity.Inode;

    // A refused append may have left the beginning of a line; what follows must not become its end.
    void Mend(SafeFileHandle handle)
    {
        if (TryTakeBack(handle))
            return;

        // An append-only file can't be shortened: the broken line stays, and is closed.
        _files.Append(handle, "\n"u8, Path);
        Length = RandomAccess.GetLength(handle);
    }

    bool TryTakeBack(SafeFileHandle handle)
    {
        try
        {
            RandomAccess.SetLength(handle, Length);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    void Translated(string operation, Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of(operation, Path, exception);
        }
    }
}
