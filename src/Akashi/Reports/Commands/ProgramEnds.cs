using Akashi.Events;
using Akashi.Host;
using Akashi.Live;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Reports.Commands;

/// <summary>What programs ended with, where a rule records exit_group: read before the report, since an end stands behind its start.</summary>
/// <remarks>
/// An end belongs to the last start of the same process: number, parent (or process 1 for an orphan), session, node and program are equal. A program that a signal
/// ended has no exit_group, and no other process with its number is taken for it. What was replaced by another in the same process has no end of its own.
/// </remarks>
public sealed class ProgramEnds
{
    readonly Dictionary<(uint Pid, int Node), Start> _running = [];
    readonly Dictionary<EventStamp, byte> _statuses = [];

    /// <summary>Takes the next event, in the trail's order.</summary>
    public void Add(AuditEvent auditEvent)
    {
        if (!auditEvent.TryFindRecord(RecordType.Syscall, out Record syscall) || !syscall.TryFind("pid"u8, out ReadOnlySpan<byte> raw))
            return;
        (uint, int) process = (RawNumber.ReadId(raw), HashOf(auditEvent.Node));
        if (ExecutedProgram.IsCall(syscall, "execve"u8, "execveat"u8))
        {
            if (!syscall.TryFind("success"u8, out ReadOnlySpan<byte> success) || success.SequenceEqual("yes"u8))
                _running[process] = Start.Of(auditEvent.Stamp, syscall);
        }
        else if (ExecutedProgram.IsCall(syscall, "exit_group"u8, "exit_group"u8) && _running.Remove(process, out Start start)
            && start.IsOf(Start.Of(auditEvent.Stamp, syscall)) && syscall.TryFind("a0"u8, out ReadOnlySpan<byte> status))
            _statuses[start.Stamp] = (byte)RawNumber.ReadHex(status);
    }

    /// <summary>What the program that an event started ended with.</summary>
    /// <returns>False where the trail doesn't say.</returns>
    public bool TryFind(EventStamp start, out byte status) => _statuses.TryGetValue(start, out status);

    static int HashOf(ReadOnlySpan<byte> text)
    {
        var hash = new HashCode();
        hash.AddBytes(text);
        return hash.ToHashCode();
    }

    readonly record struct Start(EventStamp Stamp, uint Parent, uint Session, int Program)
    {
        const uint OrphanParent = 1;

        public static Start Of(EventStamp stamp, in Record syscall) =>
            new(stamp, ReadId(syscall, "ppid"u8), ReadId(syscall, "ses"u8), syscall.TryFind("exe"u8, out ReadOnlySpan<byte> program) ? HashOf(program) : 0);

        public bool IsOf(in Start end) => (end.Parent == Parent || end.Parent == OrphanParent) && end.Session == Session && end.Program == Program;

        static uint ReadId(in Record record, ReadOnlySpan<byte> name) =>
            record.TryFind(name, out ReadOnlySpan<byte> value) ? RawNumber.ReadId(value) : ProcessIdentity.Unset;
    }
}
