using System.Buffers.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Conditions;

/// <summary>The event is of a program of some machine.</summary>
/// <param name="machine">The machine, as its <c>arch=</c> number says.</param>
public sealed class ArchCondition(Machine machine) : EventCondition
{
    readonly uint _elf = machine.ToElf();

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type is RecordType.Syscall or RecordType.Seccomp && record.TryFind("arch"u8, out ReadOnlySpan<byte> value))
                return Utf8Parser.TryParse(value, out uint elf, out int used, 'x') && used == value.Length && elf == _elf;
        }

        return false;
    }
}
