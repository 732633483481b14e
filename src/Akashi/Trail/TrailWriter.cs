using Akashi.Configuration;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Trail;

/// <summary>Appends groups of records to the newest segment of a trail, and rotates it by size.</summary>
/// <remarks>
/// Rotation, as readers of the format expect it: the log gets its read-only permissions, the oldest beyond the wanted number goes, every
/// <c>.N</c> becomes <c>.N+1</c> from the highest down, the log becomes <c>.1</c>, and a new one is made. Not for several threads.
/// </remarks>
public sealed class TrailWriter : IDisposable
{
    const UnixFileMode WrittenMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode ClosedMode = UnixFileMode.UserRead;

    readonly IFiles _files;
    readonly RotationSettings _rotation;
    readonly IReadOnlyList<ITrailObserver> _observers;
    SafeFileHandle? _handle;
    FileIdentity _identity;
    bool _mayEndInside;

    /// <summary>Opens the newest segment, making it where it's missing; its directory must be there.</summary>
    /// <exception cref="TrailException">It can't be opened for writing.</exception>
    public TrailWriter(IFiles files, string path, RotationSettings rotation, IReadOnlyList<ITrailObserver> observers)
    {
        _files = files;
        _rotation = rotation;
        _observers = observers;
        Path = path;
        Open();
    }

    /// <summary>The path of the newest segment.</summary>
    public string Path { get; }

    /// <summary>Bytes of the newest segment, as far as this writer knows.</summary>
    public long Length { get; private set; }

    /// <summary>Rotations made.</summary>
    public long Rotations { get; private set; }

    /// <summary>Appends whole lines, then rotates where the segment got too long.</summary>
    /// <param name="lines">One or more lines, each with its line feed.</param>
    /// <exception cref="TrailException">The disk refused. What part of the lines it took is unknown; writing may be tried again.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (_handle is null)
            Open();
        if (_mayEndInside)
            Mend();
        _mayEndInside = true;
        _files.Append(_handle!, lines, Path);
        _mayEndInside = false;
        var position = new TrailPosition(_identity.Device, _identity.Inode, Length);
        Length += lines.Length;
        foreach (ITrailObserver observer in _observers)
            observer.GroupWritten(position, lines);
        if (_rotation.IsDue(Length))
            Rotate();
    }

    /// <summary>Has everything on the disk before it returns.</summary>
    /// <exception cref="TrailException">The disk refused.</exception>
    public void Flush()
    {
        if (_handle is { } handle)
            _files.Flush(handle, Path);
    }

    /// <summary>Begins a new segment now; with fewer than two wanted there is nothing to do.</summary>
    /// <exception cref="TrailException">The directory or the disk refused; the segment being written stays usable.</exception>
    public void Rotate()
    {
        if (_rotation.SegmentsMax < 2)
            return;
        if (_handle is null)
            Open();
        _files.SetMode(_handle!, ClosedMode, Path);
        var end = new TrailPosition(_identity.Device, _identity.Inode, Length);
        try
        {
            ShiftNames();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrailException("rotate", Path, exception.HResult, exception.Message);
        }

        Flush();
        Close();
        Rotations++;
        foreach (ITrailObserver observer in _observers)
            observer.SegmentClosed(end, Numbered(1));
        Open();
    }

    /// <summary>Closes the segment; the next append opens the path anew.</summary>
    public void Close()
    {
        _handle?.Dispose();
        _handle = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    void Open()
    {
        _handle = _files.OpenForAppending(Path, WrittenMode);
        _identity = _files.Identify(_handle);
        Length = _identity.LengthWhenOpened;
    }

    // A refused append may have left the beginning of a line; what follows must not become its end.
    void Mend()
    {
        try
        {
            RandomAccess.SetLength(_handle!, Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An append-only file can't be shortened: the broken line stays, and is closed.
            _files.Append(_handle!, "\n"u8, Path);
            Length = RandomAccess.GetLength(_handle!);
        }
    }

    string Numbered(int number) => $"{Path}.{number}";

    // From the highest down, so that no name is ever taken twice; a gap in the numbers stays where it is.
    void ShiftNames()
    {
        int last = _rotation.SegmentsMax - 1;
        if (!_rotation.KeepsAll)
            File.Delete(Numbered(last));
        else
            last = HighestNumber() + 1;
        for (int number = last - 1; number >= 1; number--)
        {
            if (File.Exists(Numbered(number)))
                File.Move(Numbered(number), Numbered(number + 1));
        }

        File.Move(Path, Numbered(1));
    }

    int HighestNumber()
    {
        int number = 0;
        while (File.Exists(Numbered(number + 1)))
            number++;
        return number;
    }
}
