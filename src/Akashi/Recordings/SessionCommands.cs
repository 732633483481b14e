using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Recordings;

/// <summary>Counts the programs that were started in sessions, by the EXECVE events of the audit trail: those of a session's ses, from its beginning to its end.</summary>
/// <remarks>
/// The kernel records a start only where a rule asks for it. A recorded session has at least one, that of its shell: where none is found none was audited, and the number isn't known.
/// Two terminals of one ses (ssh -M) have the same events.
/// </remarks>
/// <param name="summaries">The sessions.</param>
public sealed class SessionCommands(IReadOnlyList<RecordingSummary> summaries)
{
    readonly long[] _counts = new long[summaries.Count];
    readonly Dictionary<uint, List<int>> _bySes = [];

    /// <summary>The sessions whose number the trail can tell, by index, the oldest first: ses, beginning and end are known, and the trail goes back to the beginning.</summary>
    /// <param name="trailSeconds">The time of the trail's first record.</param>
    public IReadOnlyList<int> FindCountable(long trailSeconds) =>
        [.. Enumerable.Range(0, summaries.Count)
            .Where(index => summaries[index] is { LengthSeconds: not null, UnixSeconds: { } start } && start > trailSeconds && SesOf(summaries[index]) is not null)
            .OrderBy(index => summaries[index].UnixSeconds)];

    /// <summary>Has a session counted.</summary>
    public void Add(int index)
    {
        if (SesOf(summaries[index]) is not { } ses)
            return;
        if (!_bySes.TryGetValue(ses, out List<int>? found))
            _bySes.Add(ses, found = []);
        found.Add(index);
    }

    /// <summary>Takes an event with an EXECVE record.</summary>
    public void Take(AuditEvent start)
    {
        if (!start.TryFindRecord(RecordType.Syscall, out Record syscall) || !syscall.TryFind("ses"u8, out ReadOnlySpan<byte> text)
            || !System.Buffers.Text.Utf8Parser.TryParse(text, out uint ses, out int length) || length != text.Length || !_bySes.TryGetValue(ses, out List<int>? sessions)
            || !syscall.TryFind("success"u8, out ReadOnlySpan<byte> success) || !success.SequenceEqual("yes"u8))
            return;
        foreach (int index in sessions)
        {
            RecordingSummary summary = summaries[index];
            long since = start.Stamp.UnixSeconds - summary.UnixSeconds!.Value;
            if (since >= 0 && since <= summary.LengthSeconds && (start.Node.IsEmpty || System.Text.Encoding.UTF8.GetString(start.Node) == summary.Fact("node")))
                _counts[index]++;
        }
    }

    /// <summary>The sessions with their numbers.</summary>
    public List<RecordingSummary> Finish() => [.. summaries.Select((summary, index) => _counts[index] > 0 ? summary with { CommandCount = _counts[index] } : summary)];

    static uint? SesOf(RecordingSummary summary) =>
        uint.TryParse(summary.Fact("ses"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out uint ses) ? ses : null;
}
