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
        long since = query.Times.StartUnixMilliseconds == long.MinValue && !request.Query.Contains("since", StringComparison.Ordinal) ? now : Math.Max(query.Times.StartUnixMilliseconds, 0);
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
        TimeSpan wait = TimeSpan.Zero;
        while (found < limit && !(_isEnding && wait > TimeSpan.Zero))
        {
            if (!_follower.TryNext(_isEnding ? TimeSpan.Zero : wait, out AuditEvent? next))
            {
                printer.Flush();
                if (wait == TimeSpan.Zero && _isEnding)
                    break;
                wait = s_wait;
                continue;
            }

            wait = TimeSpan.Zero;
            if (next.Stamp.UnixMilliseconds < since || !plan.Matches(next))
                continue;
            printer.Write(next);
            found++;
        }

        printer.Finish();
        return found;
    }
}
