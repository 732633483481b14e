using System.Buffers.Text;
using Akashi.Host;
using Akashi.Records;

namespace Akashi.Daemon.Origins;

/// <summary>Enriches records of system calls by where their process comes from: the parent's command, the unit, the container.</summary>
/// <remarks>
/// Behind the fields that auditd writes, each only where it's known:
/// <code>
/// PARENT_COMM="bash"            the name of the parent's command, /proc/PPID/comm; any process may give itself another
/// UNIT="session-3.scope"        the unit of systemd
/// CONTAINER="docker:4e1f…"      engine and id
/// LATE=parent_comm,unit         which of these were read more than 100 ms after the event, have changed meanwhile, or are the parent's: they may be of later
/// </code>
/// A process that is gone, or whose number may be another's by now, leaves its fields away. A record whose processes are known costs one system call for each
/// of parent and process, and allocates nothing. Not for several threads.
/// </remarks>
public sealed class OriginEnricher : IDisposable
{
    readonly KnownProcesses _processes;
    readonly TimeProvider _clock;
    readonly bool _tellsParent;
    readonly bool _tellsUnit;

    OriginEnricher(IHost host, IProcessFiles files, bool tellsParent, bool tellsUnit)
    {
        _processes = new KnownProcesses(files, host);
        _clock = host.Clock;
        _tellsParent = tellsParent;
        _tellsUnit = tellsUnit;
    }

    /// <summary>Makes one.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="tellsParent">Whether the parent's command is told.</param>
    /// <param name="tellsUnit">Whether unit and container are.</param>
    /// <returns>Null where nothing is to be told, or the host has no /proc.</returns>
    public static OriginEnricher? For(IHost host, bool tellsParent, bool tellsUnit) =>
        (tellsParent || tellsUnit) && host.ProcessFiles is { } files ? new OriginEnricher(host, files, tellsParent, tellsUnit) : null;

    /// <summary>Adds what is known.</summary>
    /// <param name="record">A SYSCALL record.</param>
    /// <param name="fields">Receives it; what doesn't fit is left out.</param>
    public void Enrich(in Record record, ref EnrichedFields fields)
    {
        long happened = record.Stamp.UnixMilliseconds;
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        int parent = Number(record, "ppid"u8);
        bool isParentLate = false, isUnitLate = false;
        if (_tellsParent && Find(parent, isForUnit: false, happened, now, out isParentLate) is { } known)
            isParentLate &= fields.TryAdd(OriginFields.ParentCommand, known.Command);
        if (_tellsUnit && FindUnit(Number(record, "pid"u8), parent, happened, now, out isUnitLate) is { } member)
            isUnitLate &= AddUnit(member, ref fields);
        if (isParentLate || isUnitLate)
            fields.TryAdd(OriginFields.Late, isParentLate && isUnitLate ? "parent_comm,unit"u8 : isUnitLate ? "unit"u8 : "parent_comm"u8);
    }

    /// <inheritdoc/>
    public void Dispose() => _processes.Dispose();

    static bool AddUnit(KnownProcess member, ref EnrichedFields fields)
    {
        bool isAdded = member.Unit.Length > 0 && fields.TryAdd(OriginFields.Unit, member.Unit);
        return (member.Container.Length > 0 && fields.TryAdd(OriginFields.Container, member.Container)) || isAdded;
    }

    KnownProcess? FindUnit(int pid, int parent, long happened, long now, out bool isLate)
    {
        if (Find(pid, isForUnit: true, happened, now, out isLate) is { } own)
            return own;
        // A process begins where its parent is; it may have been moved since.
        KnownProcess? inherited = Find(parent, isForUnit: true, happened, now, out _);
        isLate = inherited is not null;
        return inherited;
    }

    // At first who is known; where that one is gone, who has the number now.
    KnownProcess? Find(int pid, bool isForUnit, long happened, long now, out bool isLate)
    {
        isLate = false;
        for (int attempt = 0; attempt < 2 && pid > 0; attempt++)
        {
            if (_processes.Find(pid, happened, isNew: attempt > 0) is not { } known)
                continue;
            TextCertainty certainty = isForUnit ? known.LookAtUnit(happened, now) : known.LookAtCommand(happened, now);
            isLate = certainty == TextCertainty.Late;
            if (certainty != TextCertainty.Absent)
                return known;
        }

        return null;
    }

    // The kernel's own fields come first: nobody else's stand in such a record. 0 is nobody.
    static int Number(in Record record, ReadOnlySpan<byte> name) =>
        record.TryFind(name, out ReadOnlySpan<byte> value) && Utf8Parser.TryParse(value, out int number, out int used) && used == value.Length && number > 0
            ? number
            : 0;
}
