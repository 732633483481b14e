using System.Diagnostics.CodeAnalysis;
using Akashi.Events;
using Akashi.Search;
using Akashi.Search.Query;

namespace Akashi.Cli.Searching;

/// <summary>Matches from the newest on: of logs by reading from their end; of a pipe by keeping the last ones.</summary>
sealed class NewestEvents : IDisposable
{
    readonly NewestFirst? _backwards;
    readonly TrailSearch? _forwards;
    readonly LinkedList<AuditEvent> _last = [];

    NewestEvents(NewestFirst? backwards, TrailSearch? forwards)
    {
        _backwards = backwards;
        _forwards = forwards;
    }

    /// <summary>What was passed over.</summary>
    public SearchCounts Counts => _backwards?.Counts ?? _forwards!.Counts;

    /// <summary>Begins.</summary>
    /// <param name="input">Where they are read.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="limit">How many are wanted; not null for a pipe.</param>
    public static NewestEvents Of(SearchInput input, CompiledQuery query, int? limit)
    {
        if (input.Trail is { } trail)
            return new NewestEvents(new NewestFirst(trail, query.ToPlan()) { KeptMax = limit ?? int.MaxValue }, null);
        var newest = new NewestEvents(null, new TrailSearch(input.Reader, query.ToPlan(), new EventAssembler()));
        newest.KeepLast(limit!.Value);
        return newest;
    }

    public bool TryNext([NotNullWhen(true)] out AuditEvent? match)
    {
        if (_backwards is not null)
            return _backwards.TryNext(out match);
        match = _last.Last?.Value;
        if (match is not null)
            _last.RemoveLast();
        return match is not null;
    }

    public void Dispose() => _forwards?.Dispose();

    void KeepLast(int limit)
    {
        while (_forwards!.TryNext(out AuditEvent? match))
        {
            _last.AddLast(match.Detach());
            if (_last.Count > limit)
                _last.RemoveFirst();
        }
    }
}
