using Akashi.Events;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Search;
using Akashi.Trail;

namespace Akashi.Audit;

/// <summary>Reads the events of a stored trail, oldest first. Not for several threads; several readers may be.</summary>
/// <remarks>Nothing is allocated for a record or an event, until strings are asked for. Lines that are no records are passed over and counted.</remarks>
/// <example>
/// <code>
/// using EventReader reader = EventReader.OpenTrail();
/// while (reader.MoveNext())
/// {
///     if (reader.Current.TryFind("auid"u8, out AuditField auid))
///         Console.WriteLine($"{reader.Current.Time:O} {auid.Interpret()}");
/// }
/// </code>
/// </example>
public sealed class EventReader : IDisposable
{
    /// <summary>Where a machine's trail is written by default.</summary>
    public const string DefaultPath = "/var/log/audit/audit.log";

    // <asm-generic/errno-base.h>, EISDIR.
    const int IsADirectory = 21;

    readonly AuditTrail? _trail;
    readonly TrailSearch _search;
    AuditEvent? _current;
    bool _hasCurrent;

    EventReader(AuditTrail? trail, TrailReader reader, AuditSearch? search)
    {
        _trail = trail;
        _search = new TrailSearch(reader, search?.Plan ?? new SearchPlan([]), new EventAssembler());
    }

    /// <summary>The event; valid until the next <see cref="MoveNext"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none: before the first, behind the last.</exception>
    public AuditEvent Current => _hasCurrent ? _current! : throw new InvalidOperationException("there is no event: MoveNext first, while it returns true");

    /// <summary>Lines read so far.</summary>
    public long Lines => _search.Counts.Lines;

    /// <summary>Lines among them that are no records.</summary>
    public long BadLines => _search.Counts.BadLines;

    /// <summary>Opens a trail with its rotated logs, packed ones too; all are open before the first is read, so that a rotation hides nothing.</summary>
    /// <param name="path">The log being written, or the directory of a trail, whose log is <c>audit.log</c>.</param>
    /// <param name="search">Which events are wanted; null for all.</param>
    /// <exception cref="AuditReadException">It can't be opened.</exception>
    public static EventReader OpenTrail(string path = DefaultPath, AuditSearch? search = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(files => AuditTrail.OpenRotated(files, LogOf(files, path), takesPacked: true), search);
    }

    /// <summary>Opens one log, packed or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="search">Which events are wanted; null for all.</param>
    /// <exception cref="AuditReadException">It can't be opened.</exception>
    public static EventReader OpenFile(string path, AuditSearch? search = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(
            files => files.KindOf(path) != FileKind.Directory ? AuditTrail.OpenFiles(files, path) : throw new TrailException("open", path, IsADirectory, "it is a directory, not a log"),
            search);
    }

    /// <summary>Reads lines of a stream to its end; the stream stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="search">Which events are wanted; null for all.</param>
    public static EventReader FromStream(Stream stream, AuditSearch? search = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new EventReader(null, new TrailReader(stream), search);
    }

    /// <summary>Goes to the next event.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="AuditReadException">The disk refused.</exception>
    public bool MoveNext()
    {
        try
        {
            _hasCurrent = _search.TryNext(out Events.AuditEvent? next);
            if (!_hasCurrent)
                return false;
            if (_current is null)
                _current = new AuditEvent(next!, MachineWords.Make);
            else
                _current.Become(next!);
            return true;
        }
        catch (AuditException fault)
        {
            throw new AuditReadException(fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hasCurrent = false;
        _search.Dispose();
        _trail?.Dispose();
    }

    /// <summary>The log of a trail that is named by its log or by its directory.</summary>
    internal static string LogOf(IFiles files, string path) =>
        files.KindOf(path) == FileKind.Directory ? System.IO.Path.Combine(path, System.IO.Path.GetFileName(DefaultPath)) : path;

    static EventReader Open(Func<IFiles, AuditTrail> open, AuditSearch? search)
    {
        try
        {
            AuditTrail trail = open(new LinuxHost().Files);
            return new EventReader(trail, new TrailReader(trail), search);
        }
        catch (AuditException fault)
        {
            throw new AuditReadException(fault);
        }
    }
}
