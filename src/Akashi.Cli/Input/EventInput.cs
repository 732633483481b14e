using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Search;
using Akashi.Tables;
using Akashi.Trail;

namespace Akashi.Cli.Input;

/// <summary>All events of an input, for tools that read it from its beginning to its end.</summary>
sealed class EventInput : IDisposable
{
    readonly LogInput? _input;
    readonly TrailSearch _search;

    EventInput(LogInput? input, TrailReader reader, SearchPlan plan, int endOfEventTimeoutSeconds)
    {
        _input = input;
        _search = new TrailSearch(reader, plan, new EventAssembler(endOfEventTimeoutSeconds));
    }

    /// <summary>What was read, and what was passed over.</summary>
    public SearchCounts Counts => _search.Counts;

    /// <summary>Whether <see cref="ReadAll"/> has met the start of a program.</summary>
    public bool HasStarts { get; private set; }

    /// <summary>Opens a file, or a directory's log and its rotated brothers; the logs of auditd.conf where the path is null.</summary>
    /// <remarks>With <paramref name="takesPacked"/>, logs that were packed after their rotation too.</remarks>
    /// <exception cref="TrailException">A log can't be opened.</exception>
    public static EventInput OfLogs(
        string? path, Invocation invocation, Utf8Output error, SearchPlan? plan = null, bool takesPacked = false)
    {
        LogInput input = LogInput.Open(path, readsLogs: true, invocation, error, takesPacked);
        return new EventInput(input, input.Reader, plan ?? new SearchPlan([]), input.EndOfEventTimeoutSeconds);
    }

    /// <summary>Reads standard input, whatever it is.</summary>
    public static EventInput OfStream(Invocation invocation, SearchPlan? plan = null) =>
        new(null, new TrailReader(invocation.Input), plan ?? new SearchPlan([]), new Configuration.AuditdConfiguration().EndOfEventTimeoutSeconds);

    /// <summary>Says which archives were cut off or damaged.</summary>
    /// <returns>False where there was none.</returns>
    public bool SayDamage(string toolName, Utf8Output error) => _input is not null && _input.SayDamage(toolName, error);

    /// <summary>Hands every event to a taker, which has it until it returns.</summary>
    public void ReadAll(Action<AuditEvent> take)
    {
        while (_search.TryNext(out AuditEvent? next))
        {
            if (!HasStarts)
                HasStarts = next.TryFindRecord(RecordType.Execve, out _);
            take(next);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _search.Dispose();
        _input?.Dispose();
    }
}
