using System.Globalization;
using Akashi.Host;

namespace Akashi.Trail;

/// <summary>The stored audit logs of a machine, oldest segment first, all open before the first byte is read.</summary>
/// <remarks>
/// <c>audit.log</c> is the newest; rotation renames it to <c>audit.log.1</c>, that to <c>audit.log.2</c>, and so on. A gap in the numbers
/// hides nothing. While the segments are opened a rotation may rename them; opening goes on until two looks at the directory agree.
/// </remarks>
public sealed class AuditTrail : IDisposable
{
    const int LooksMax = 5;
    const int NoSuchFile = 2;

    AuditTrail(IReadOnlyList<Segment> segments)
    {
        Segments = segments;
    }

    /// <summary>The segments, oldest first.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Opens single files, in the order given.</summary>
    /// <exception cref="TrailException">One can't be opened.</exception>
    public static AuditTrail OpenFiles(IFiles files, params ReadOnlySpan<string> paths)
    {
        var segments = new List<Segment>();
        try
        {
            foreach (string path in paths)
                segments.Add(Segment.Open(files, path));
        }
        catch
        {
            segments.ForEach(segment => segment.Dispose());
            throw;
        }

        return new AuditTrail(segments);
    }

    /// <summary>Opens a log and its rotated brothers.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="newestPath">The path of the log being written, such as <c>/var/log/audit/audit.log</c>.</param>
    /// <exception cref="TrailException">There is none, or one can't be opened.</exception>
    public static AuditTrail OpenRotated(IFiles files, string newestPath)
    {
        AuditTrail? trail = null;
        for (int look = 0; look < LooksMax; look++)
        {
            AuditTrail? again = TryOpenNamed(files, newestPath, isLastLook: look == LooksMax - 1);
            bool same = again is not null && trail is not null && again.Identities().SequenceEqual(trail.Identities());
            trail?.Dispose();
            trail = again;
            if (same)
                break;
        }

        return trail!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Segment segment in Segments)
            segment.Dispose();
    }

    // In the middle of a rotation a name that was listed, or the newest itself, is missing for a moment.
    static AuditTrail? TryOpenNamed(IFiles files, string newestPath, bool isLastLook)
    {
        try
        {
            return OpenFiles(files, [.. RotatedNames(files, newestPath), newestPath]);
        }
        catch (TrailException exception) when (exception.Errno == NoSuchFile && !isLastLook)
        {
            return null;
        }
    }

    static IEnumerable<string> RotatedNames(IFiles files, string newestPath)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(newestPath))!;
        string name = Path.GetFileName(newestPath);
        try
        {
            return [.. Directory.EnumerateFiles(directory, name + ".*")
                .Select(path => (Path: path, Number: RotationNumber(path, name)))
                .Where(file => file.Number > 0)
                .OrderByDescending(file => file.Number)
                .Select(file => file.Path)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A directory that may be entered but not listed: the names are tried, up to the first that is missing.
            return Enumerable.Range(1, int.MaxValue - 1)
                .Select(number => string.Create(CultureInfo.InvariantCulture, $"{newestPath}.{number}"))
                .TakeWhile(path => files.KindOf(path) != FileKind.Missing)
                .Reverse();
        }
    }

    // The pattern NAME.* matches NAME too, as it did in DOS.
    static int RotationNumber(string path, string name)
    {
        ReadOnlySpan<char> found = Path.GetFileName(path.AsSpan());
        return found.Length > name.Length + 1
            && int.TryParse(found[(name.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : 0;
    }

    IEnumerable<(ulong, ulong)> Identities() =>
        Segments.Select(segment => (segment.Identity.Device, segment.Identity.Inode));
}
