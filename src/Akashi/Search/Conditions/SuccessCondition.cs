using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Conditions;

/// <summary>What was tried could be done, or couldn't.</summary>
/// <param name="wantsSuccess">Which of the two.</param>
public sealed class SuccessCondition(bool wantsSuccess) : EventCondition
{
    /// <inheritdoc/>
    public override bool Matches(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            foreach (Field field in auditEvent[index].Fields)
            {
                if (IsResult(field.Name))
                    return IsSuccess(field.Value) == wantsSuccess;
            }
        }

        return HasDecision(auditEvent, wantsSuccess ? "avc:  granted "u8 : "avc:  denied "u8);
    }

    // Of an access that SELinux decided on alone, without a system call, that is all that is said.
    static bool HasDecision(AuditEvent auditEvent, ReadOnlySpan<byte> decision)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (auditEvent.TypeAt(index) is RecordType.Avc or RecordType.UserAvc && auditEvent[index].Line.IndexOf(decision) >= 0)
                return true;
        }

        return false;
    }

    static bool IsResult(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("success"u8) || name.SequenceEqual("res"u8) || name.SequenceEqual("result"u8);

    static bool IsSuccess(ReadOnlySpan<byte> value) =>
        value.StartsWith("yes"u8) || value.StartsWith("suc"u8) || value.StartsWith("1"u8);
}
