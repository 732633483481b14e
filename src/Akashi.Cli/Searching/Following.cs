using Akashi.Cli.Live;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Search;
using Akashi.Search.Query;
using Akashi.Search.Query.Fields;
using Akashi.Trail;

namespace Akashi.Cli.Searching;

/// <summary><c>akashi search --follow</c>: matches as they happen, until Ctrl-C, TERM, a closed terminal, or the limit.</summary>
sealed class Following : IDisposable
{
    static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1);

    readonly TrailFollower _follower;
    readonly List<IDisposable> _registrations = [];
    volatile bool _isEnding;

    Following(Invocation invocation, TrailFollower follower)
    {
        _follower = follower;
        foreach (Signal signal in (ReadOnlySpan<Signal>)[Signal.Interrupt, Signal.Terminate, Signal.Hangup])
            _registrations.Add(invocation.Signals.On(signal, End));
    }

    public static int Run(Invocation invocation, SearchRequest request, CompiledQuery query, List<(string, FieldReader)>? columns, Utf8Output error)
    {
        IHost host = invocation.Host;
        string path = request.InputPaths.Count > 0 ? TrailPaths.Resolve(host.Files, request.InputPaths[0]) : TrailPaths.Configured();
        long now = host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        long since = query.Times.StartUnixMilliseconds == long.MinValue ? now : query.Times.StartUnixMilliseconds;
        using var follower = new TrailFollower(host.Files, host.Clock, path, since);
        using var following = new Following(invocation, follower);
        using var printer = new EventPrinter(request, columns, invocation);
        long found = following.Show(query.ToPlan(), since, request.Limit ?? long.MaxValue, printer);
        if (follower.BadLines > 0)
            error.Write($"akashi search: {follower.BadLines} lines are no records\n");
        return found > 0 ? 0 : 1;
    }

    public void Dispose()
    {
        foreach (IDisposable registration in _registrations)
            registration.Dispose();
    }

    void End()
    {
        _isEnding = true;
        try
        {
            _follower.Wake();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself meanwhile.
        }
    }

    // What is buffered leaves when the trail is silent, not line by line: a burst costs one write.
    long Show(SearchPlan plan, long since, long limit, EventPrinter printer)
    {
        long found = 0;
        while (found < limit && !_isEnding)
        {
            found = Drain(plan, since, limit, found, printer);
            if (found < limit && !_isEnding && _follower.TryNext(s_wait, out AuditEvent? next))
                found += Print(plan, since, next, printer);
        }

        found = Drain(plan, since, limit, found, printer);
        _follower.Flush();
        found = Drain(plan, since, limit, found, printer);
        printer.Finish();
        return found;
    }

    // What is there already.
    long Drain(SearchPlan plan, long since, long limit, long found, EventPrinter printer)
    {
        while (found < limit && _follower.TryNext(TimeSpan.Zero, out AuditEvent? next))
            found += Print(plan, since, next, printer);
        printer.Flush();
        return found;
    }

    static int Print(SearchPlan plan, long since, AuditEvent next, EventPrinter printer)
    {
        if (next.Stamp.UnixMilliseconds < since || !plan.Matches(next))
            return 0;
        printer.Write(next);
        return 1;
    }
}
