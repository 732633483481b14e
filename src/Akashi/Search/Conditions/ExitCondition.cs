using System.Globalization;
using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Conditions;

/// <summary>The event's system call returned a value.</summary>
/// <param name="exit">The value; a failure's is the error number with a minus sign.</param>
public sealed class ExitCondition(long exit) : EventCondition
{
    static readonly FieldNames s_exit = new("exit");

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Needles => s_exit.With(exit.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type is RecordType.Syscall or RecordType.Uringop
                && record.TryFind("exit"u8, out ReadOnlySpan<byte> value)
                && FieldNumber.TryRead(value, out long found) && found == exit)
            {
                return true;
            }
        }

        return false;
    }
}
