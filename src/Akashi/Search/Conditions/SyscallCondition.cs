using System.Globalization;
using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Conditions;

/// <summary>The event is of a system call.</summary>
/// <param name="number">Its number on the machine that is searched for.</param>
public sealed class SyscallCondition(long number) : EventCondition
{
    static readonly FieldNames s_syscall = new("syscall");

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles => s_syscall.With(number.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type is RecordType.Syscall or RecordType.Seccomp
                && record.TryFind("syscall"u8, out ReadOnlySpan<byte> value)
                && FieldNumber.TryRead(value, out long found))
            {
                return found == number;
            }
        }

        return false;
    }
}
