using System.Diagnostics.CodeAnalysis;
using Akashi.Events;
using Akashi.Search;
using Akashi.Trail;

namespace Akashi.Cli.Live;

/// <summary>The sample trail that comes inside the program: what the view shows where there is nothing else to show.</summary>
sealed class SampleTrail : IEventSource
{
    const string ResourceName = "sample-trail/audit.log";

    readonly Stream _stream;
    readonly TrailSearch _search;

    /// <summary>Opens it.</summary>
    public SampleTrail()
    {
        _stream = typeof(SampleTrail).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"the program was built without {ResourceName}");
        _search = new TrailSearch(new TrailReader(_stream), new SearchPlan([]), new EventAssembler());
    }

    /// <summary>Whether all of it was taken.</summary>
    public bool IsAtEnd { get; private set; }

    /// <inheritdoc/>
    public bool TryNext(TimeSpan timeout, [NotNullWhen(true)] out AuditEvent? next)
    {
        IsAtEnd = !_search.TryNext(out next);
        return !IsAtEnd;
    }

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void Wake()
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
