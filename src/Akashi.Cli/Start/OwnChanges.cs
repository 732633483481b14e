using Akashi.Events;
using Akashi.Live;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Cli.Start;

/// <summary>Knows the events that <c>akashi start</c> causes itself: its daemon's beginning and end, the rules and settings that it changes and puts back.</summary>
/// <remarks>
/// The view leaves them out and their records are counted, so that what was written adds up. The kernel tells a change together with the system call
/// that made it, which names the process; where it doesn't (a process that has no audit context), a change counts as ours only while we change something.
/// </remarks>
/// <param name="pid">This process.</param>
sealed class OwnChanges(int pid)
{
    long _loadedUnixMilliseconds = long.MaxValue;
    long _endUnixMilliseconds = long.MaxValue;

    /// <summary>Records of such events so far.</summary>
    public long Records { get; private set; }

    /// <summary>Everything is loaded.</summary>
    public void EndLoading(long unixMilliseconds) => _loadedUnixMilliseconds = unixMilliseconds;

    /// <summary>The putting back begins.</summary>
    public void BeginRestoring(long unixMilliseconds) => _endUnixMilliseconds = unixMilliseconds;

    /// <summary>Whether an event is ours; then it's counted.</summary>
    public bool Take(AuditEvent auditEvent)
    {
        bool isOwn = IsOwn(auditEvent);
        if (isOwn)
            Records += auditEvent.Count;
        return isOwn;
    }

    bool IsOwn(AuditEvent auditEvent)
    {
        var parts = new EventParts(auditEvent);
        if (parts.Lead.Type is RecordType.DaemonStart or RecordType.DaemonEnd)
            return true;
        if (parts.Lead.Type != RecordType.ConfigChange)
            return false;
        if (parts.HasSyscall)
            return parts.Syscall.TryFind("pid"u8, out ReadOnlySpan<byte> value) && int.TryParse(value, out int found) && found == pid;
        long stamp = auditEvent.Stamp.UnixMilliseconds;
        return stamp <= _loadedUnixMilliseconds || stamp >= _endUnixMilliseconds;
    }
}
