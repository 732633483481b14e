using Akashi.Cli.Live;
using Akashi.Host;
using Akashi.Trail;

namespace Akashi.Cli.Searching;

/// <summary>Where the records come from: what --input names, else standard input where it is a pipe, else the logs of auditd.conf.</summary>
sealed class SearchInput : IDisposable
{
    SearchInput(AuditTrail? trail, TrailReader reader)
    {
        Trail = trail;
        Reader = reader;
    }

    /// <summary>The logs; null for standard input.</summary>
    public AuditTrail? Trail { get; }

    public TrailReader Reader { get; }

    /// <summary>Bytes of the logs; 0 where that isn't known.</summary>
    public long LengthBytes => Trail?.Segments.Sum(segment => segment.Identity.LengthWhenOpened) ?? 0;

    /// <summary>Opens it.</summary>
    /// <exception cref="TrailException">A log can't be opened.</exception>
    public static SearchInput Open(SearchRequest request, Invocation invocation)
    {
        IFiles files = invocation.Host.Files;
        bool isPiped = request.InputPaths.Count == 0 && !request.ReadsLogs && invocation.InputKind == FileKind.Fifo;
        if (isPiped || request.InputPaths is ["-"])
            return new SearchInput(null, new TrailReader(invocation.Input));
        var trails = new List<AuditTrail>();
        try
        {
            foreach (string path in request.InputPaths)
                trails.Add(Open(files, path));
            if (trails.Count == 0)
                trails.Add(AuditTrail.OpenRotated(files, TrailPaths.Configured()));
        }
        catch
        {
            trails.ForEach(trail => trail.Dispose());
            throw;
        }

        AuditTrail joined = AuditTrail.Join(trails);
        return new SearchInput(joined, new TrailReader(joined));
    }

    public void Dispose() => Trail?.Dispose();

    static AuditTrail Open(IFiles files, string path) => files.KindOf(path) == FileKind.Directory
        ? AuditTrail.OpenRotated(files, TrailPaths.Resolve(files, path))
        : AuditTrail.OpenFiles(files, path);
}
