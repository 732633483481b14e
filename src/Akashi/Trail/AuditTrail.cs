using System.Globalization;
using Akashi.Host;

namespace Akashi.Trail;

/// <summary>The stored audit logs of a machine, oldest segment first, all open before the first byte is read.</summary>
/// <remarks>
/// <c>audit.log</c> is the newest; rotation renames it to <c>audit.log.1</c>, that to <c>audit.log.2</c>, and so on. A gap in the numbers
/// hides nothing. Segments are opened newest first: a rotation meanwhile moves files to higher numbers, so that one may be met twice, and is taken
/// once, but none slips by. Opening goes on until two looks at the directory agree.
/// </remarks>
public sealed class AuditTrail : IDisposable
{
    // Two are enough where nothing moves. Where logs rotate faster than they can be opened, the number must end some time.
    const int LooksMax = 1000;
    const int NoSuchFile = 2;

    AuditTrail(IReadOnlyList<Segment> segments)
    {
        Segments = segments;
    }

    /// <summary>The segments, oldest first.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Opens single files, in the order given; a gzip or zstd archive is read as what it holds.</summary>
    /// <exception cref="TrailException">One can't be opened.</exception>
    public static AuditTrail OpenFiles(IFiles files, params ReadOnlySpan<string> paths)
    {
        var segments = new List<Segment>();
        try
        {
            foreach (string path in paths)
                segments.Add(Segment.Open(files, path, unpacks: true));
        }
        catch
        {
            segments.ForEach(segment => segment.Dispose());
            throw;
        }

        return new AuditTrail(segments);
    }

    /// <summary>Makes one trail of several, in the order given; it owns their segments from now on.</summary>
    public static AuditTrail Join(IEnumerable<AuditTrail> trails) => new([.. trails.SelectMany(trail => trail.Segments)]);

    /// <summary>Opens a log and its rotated brothers.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="newestPath">The path of the log being written, such as <c>/var/log/audit/audit.log</c>.</param>
    /// <param name="takesPacked">Whether <c>audit.log.N.gz</c> and <c>audit.log.N.zst</c> belong to it, and archives are unpacked whatever their
    /// names. The classic tools don't look at them, so that they print what the originals print.</param>
    /// <exception cref="TrailException">There is none, or one can't be opened.</exception>
    public static AuditTrail OpenRotated(IFiles files, string newestPath, bool takesPacked = false)
    {
        AuditTrail? trail = null;
        for (int look = 0; look < LooksMax; look++)
        {
            AuditTrail again = OpenNamed(files, newestPath, takesPacked, out bool isWhole);
            bool same = isWhole && trail is not null && again.Identities().SequenceEqual(trail.Identities());
            trail?.Dispose();
            trail = again;
            if (same)
                break;
        }

        if (trail!.Segments.Count > 0 && trail.Segments[^1].Path == newestPath)
            return trail;
        trail.Dispose();

        // It isn't there, and not for a moment only: says so.
        return OpenFiles(files, newestPath);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Segment segment in Segments)
            segment.Dispose();
    }

    // In the middle of a rotation a name that was listed, or the newest itself, is missing for a moment, and a log that was met under one
    // name may be met again under the next.
    static AuditTrail OpenNamed(IFiles files, string newestPath, bool takesPacked, out bool isWhole)
    {
        var segments = new List<Segment>();
        isWhole = true;
        try
        {
            string[] rotated = RotatedNames(files, newestPath, takesPacked);
            foreach (string path in (IEnumerable<string>)[newestPath, .. rotated])
            {
                Segment? segment = TryOpen(files, path, takesPacked);
                if (segment is not null && !segments.Exists(open => IsSame(open, segment)))
                {
                    segments.Add(segment);
                    continue;
                }

                segment?.Dispose();
                isWhole = false;
            }

            isWhole &= rotated.SequenceEqual(RotatedNames(files, newestPath, takesPacked));
        }
        catch
        {
            segments.ForEach(segment => segment.Dispose());
            throw;
        }

        segments.Reverse();
        return new AuditTrail(segments);
    }

    static Segment? TryOpen(IFiles files, string path, bool takesPacked)
    {
        try
        {
            return Segment.Open(files, path, takesPacked);
        }
        catch (TrailException exception) when (exception.Errno == NoSuchFile)
        {
            return null;
        }
    }

    static bool IsSame(Segment one, Segment other) =>
        one.Identity.Device == other.Identity.Device && one.Identity.Inode == other.Identity.Inode;

    // Newest first. Of a log and its archive the log is taken: the archive may not be whole yet.
    static string[] RotatedNames(IFiles files, string newestPath, bool takesPacked)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(newestPath))!;
        string name = Path.GetFileName(newestPath);
        try
        {
            return [.. Directory.EnumerateFiles(directory, name + ".*")
                .Select(path => (Path: path, Number: RotationNumber(path, name, takesPacked)))
                .Where(file => file.Number > 0)
                .OrderBy(file => file.Number).ThenBy(file => file.Path.Length)
                .DistinctBy(file => file.Number)
                .Select(file => file.Path)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A directory that may be entered but not listed: the names are tried, up to the first that is missing.
            return
            [
                .. Enumerable.Range(1, int.MaxValue - 1)
                    .Select(number => string.Create(CultureInfo.InvariantCulture, $"{newestPath}.{number}"))
                    .TakeWhile(path => files.KindOf(path) != FileKind.Missing),
            ];
        }
    }

    /// <summary>The number behind a rotated segment's name: 3 of <c>audit.log.3</c>, and of <c>audit.log.3.zst</c> where packed ones are taken; 0 where it is none.</summary>
    // The pattern NAME.* matches NAME too, as it did in DOS.
    public static int RotationNumber(string path, string name, bool takesPacked = false)
    {
        ReadOnlySpan<char> found = Path.GetFileName(path.AsSpan());
        if (found.Length <= name.Length + 1)
            return 0;
        ReadOnlySpan<char> digits = found[(name.Length + 1)..];
        if (takesPacked && (digits.EndsWith(".gz") || digits.EndsWith(".zst")))
            digits = digits[..digits.LastIndexOf('.')];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    IEnumerable<(ulong, ulong)> Identities() =>
        Segments.Select(segment => (segment.Identity.Device, segment.Identity.Inode));
}
