using Akashi.Cli.Input;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Search;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Cli.Recordings;

/// <summary>What the audit trail tells of sessions, read once.</summary>
sealed class SessionTrail : IDisposable
{
    /// <summary>The bytes at the trail's end that a list reads at most, so that it stays quick however large the trail is: some tenths of a second.</summary>
    public const long BytesMax = 256 << 20;

    readonly LogInput _input;

    SessionTrail(LogInput input, long firstSeconds) => (_input, FirstSeconds) = (input, firstSeconds);

    /// <summary>The time of its first record: what was before it doesn't tell.</summary>
    public long FirstSeconds { get; }

    /// <summary>Opens it.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="path">A log, or a directory of logs; null for those of auditd.conf.</param>
    /// <returns>Null where it can't be read, or there is nothing in it.</returns>
    public static SessionTrail? TryOpen(Invocation invocation, string? path)
    {
        using var nobody = new Utf8Output(Stream.Null);
        LogInput? input = null;
        try
        {
            input = LogInput.Open(path, readsLogs: true, invocation, nobody);
            if (input.FirstStamp() is { } first)
                return new SessionTrail(input, first.UnixSeconds);
        }
        catch (TrailException)
        {
            // Only root and a group may read it: what it would tell isn't known then.
        }

        input?.Dispose();
        return null;
    }

    /// <summary>Begins at the earliest of some times from which on no more than <see cref="BytesMax"/> have to be read.</summary>
    /// <param name="seconds">The times, rising.</param>
    /// <returns>How many of them are passed over; all where none can be begun at.</returns>
    public int Begin(IReadOnlyList<long> seconds)
    {
        int skipped = 0;
        while (skipped < seconds.Count && !_input.TryBeginAt(seconds[skipped], BytesMax))
            skipped += Math.Max(1, (seconds.Count - skipped) / 2);
        return Math.Min(skipped, seconds.Count);
    }

    /// <summary>Begins at a time, however much has to be read.</summary>
    public void Begin(long seconds) => _input.TryBeginAt(seconds, long.MaxValue);

    /// <summary>Hands every event to a taker that has a record of one of these types, from where it began.</summary>
    /// <exception cref="TrailException">The disk refused.</exception>
    public void Read(IReadOnlyCollection<RecordType> types, Action<AuditEvent> take)
    {
        using var search = new TrailSearch(_input.Reader, new SearchPlan([new RecordTypeCondition(types)]), new EventAssembler(_input.EndOfEventTimeoutSeconds));
        while (search.TryNext(out AuditEvent? next))
            take(next);
    }

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();
}
