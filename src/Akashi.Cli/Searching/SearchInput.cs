using System.Text;
using Akashi.Cli.Live;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Search;
using Akashi.Trail;

namespace Akashi.Cli.Searching;

/// <summary>Where the records come from: what --input names, else standard input where it is a pipe, else the logs of auditd.conf.</summary>
sealed class SearchInput : IDisposable
{
    // ENOENT of errno(3).
    const int NoEntry = 2;

    readonly bool _scansAll;

    SearchInput(AuditTrail? trail, TrailReader reader, bool scansAll)
    {
        Trail = trail;
        _scansAll = scansAll;
        Reader = reader;
        LengthBytes = trail is null || trail.Segments.Any(segment => segment.IsPacked) ? 0 : trail.Segments.Sum(segment => segment.Identity.LengthWhenOpened);
    }

    /// <summary>The logs; null for standard input.</summary>
    public AuditTrail? Trail { get; }

    public TrailReader Reader { get; }

    /// <summary>Bytes of logs that aren't read, as they are before the time asked for; packed ones don't count.</summary>
    public long PassedOverBytes { get; private set; }

    /// <summary>Bytes that are to be read; 0 where that isn't known: of a pipe, of archives.</summary>
    public long LengthBytes { get; private set; }

    /// <summary>Opens it.</summary>
    /// <exception cref="TrailException">A log can't be opened.</exception>
    public static SearchInput Open(SearchRequest request, Invocation invocation)
    {
        IFiles files = invocation.Host.Files;
        bool isPiped = request.InputPaths.Count == 0 && !request.ReadsLogs && invocation.InputKind == FileKind.Fifo;
        if (isPiped || request.InputPaths is ["-"])
            return new SearchInput(null, new TrailReader(invocation.Input), request.ScansAll);
        var trails = new List<AuditTrail>();
        try
        {
            foreach (string path in request.InputPaths)
                trails.Add(Open(files, path));
            if (trails.Count == 0)
                trails.Add(AuditTrail.OpenRotated(files, TrailPaths.Configured(), takesPacked: true));
        }
        catch
        {
            trails.ForEach(trail => trail.Dispose());
            throw;
        }

        AuditTrail joined = AuditTrail.Join(trails);
        return new SearchInput(joined, new TrailReader(joined), request.ScansAll);
    }

    /// <summary>Has the reader pass over what is before a time, where the trail's order allows it; bad lines there aren't counted.</summary>
    public void SeekTo(TimeRange times)
    {
        if (_scansAll || Trail is null || times.StartSeconds == long.MinValue || !new TimeSeek(Trail, new TimeSeekReach()).TryFind(times.StartSeconds, out RecordOrigin start))
            return;
        Reader.Seek(start.Segment, start.Offset);
        PassedOverBytes = start.Offset + Trail.Segments.Take(start.Segment).Where(segment => !segment.IsPacked).Sum(segment => segment.Identity.LengthWhenOpened);
        if (LengthBytes > 0)
            LengthBytes -= PassedOverBytes;
    }

    /// <summary>Says which archives were cut off or damaged; what was good in them has been read.</summary>
    /// <returns>False where there was none.</returns>
    public bool SayDamage(Utf8Output error)
    {
        bool hasDamage = false;
        foreach (Segment segment in Trail?.Segments ?? [])
        {
            if (segment.Damage is null)
                continue;
            hasDamage = true;
            error.Write("akashi search: cannot read all of "u8);
            error.WriteEscaped(Encoding.UTF8.GetBytes(segment.Path));
            error.Write($": {segment.Damage}\n");
        }

        return hasDamage;
    }

    public void Dispose() => Trail?.Dispose();

    static AuditTrail Open(IFiles files, string path)
    {
        if (files.KindOf(path) != FileKind.Directory)
            return AuditTrail.OpenFiles(files, path);
        try
        {
            return AuditTrail.OpenRotated(files, TrailPaths.Resolve(files, path), takesPacked: true);
        }
        catch (TrailException exception) when (exception.Errno == NoEntry)
        {
            if (OpenTree(files, path) is { } tree)
                return tree;
            throw new AuditException($"{exception.Message}\nhint: a directory needs an {TrailPaths.LogName}; name other logs one by one: --input {Path.Combine(path, "FILE")}", exception);
        }
    }

    // node_log_dir: a directory for each node, with a log and its rotated brothers in it; read one node behind the other.
    static AuditTrail? OpenTree(IFiles files, string path)
    {
        var trails = new List<AuditTrail>();
        try
        {
            foreach (string directory in Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal))
            {
                if (files.KindOf(TrailPaths.Resolve(files, directory)) == FileKind.Regular)
                    trails.Add(AuditTrail.OpenRotated(files, TrailPaths.Resolve(files, directory), takesPacked: true));
            }
        }
        catch (Exception exception) when (exception is TrailException or IOException or UnauthorizedAccessException)
        {
            trails.ForEach(trail => trail.Dispose());
            throw exception as TrailException ?? FileFault.Of("open", path, exception);
        }

        return trails.Count > 0 ? AuditTrail.Join(trails) : null;
    }
}
