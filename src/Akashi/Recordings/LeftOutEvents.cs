namespace Akashi.Recordings;

/// <summary>Counts what a format has no words for, by kind.</summary>
/// <remarks>Checks and the end belong to the file, not to the session: nobody misses them in another file, so they aren't counted.</remarks>
public sealed class LeftOutEvents
{
    readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public long Count { get; private set; }

    /// <summary>Counts one.</summary>
    public void Add(RecordingEventKind kind)
    {
        if (kind is RecordingEventKind.Check or RecordingEventKind.End or RecordingEventKind.Closed)
            return;
        string name = NameOf(kind);
        _counts[name] = _counts.GetValueOrDefault(name) + 1;
        Count++;
    }

    /// <summary>What was left out: <c>3 events left out, which the format can't say: 2 marks, 1 exit status</c>.</summary>
    public override string ToString() =>
        $"{Plural(Count, "event")} left out, which the format can't say: {string.Join(", ", _counts.Select(count => Plural(count.Value, count.Key)))}";

    static string Plural(long count, string name) => count == 1 ? $"1 {name}" : $"{count} {name}{(name.EndsWith('s') ? "es" : "s")}";

    static string NameOf(RecordingEventKind kind) => kind switch
    {
        RecordingEventKind.Output => "output",
        RecordingEventKind.Input => "typed input",
        RecordingEventKind.Resize => "size",
        RecordingEventKind.Marker => "mark",
        RecordingEventKind.Exit => "exit status",
        RecordingEventKind.Gap => "gap",
        RecordingEventKind.Withheld => "withheld input",
        RecordingEventKind.Session => "added session",
        _ => "unknown event",
    };
}
