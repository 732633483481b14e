using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>Says of any event who did what to which thing, by what, and with which result.</summary>
/// <remarks>
/// Three shapes of events: one record of a program or the daemon, which says all by itself; a system call's records; and a record that tells why the
/// system call's are there (AVC, CONFIG_CHANGE, …), which then decides the action. Allocates nothing, save where an account's name is looked up.
/// </remarks>
/// <param name="interpreter">For the names of system calls.</param>
/// <param name="accounts">For accounts that a record names instead of numbering them.</param>
public sealed class EventNormalizer(Interpreter interpreter, IAccounts accounts)
{
    /// <summary>Normalises an event.</summary>
    /// <param name="part">The event, or a part of it; what comes out points into it.</param>
    /// <param name="normalized">The result; without any field where there is none.</param>
    /// <returns>False where the records don't say who acted and aren't of a type that stands alone: of io_uring without a system call, of a PATH record
    /// whose SYSCALL record was lost.</returns>
    public bool TryNormalize(EventPart part, out NormalizedEvent normalized)
    {
        normalized = default;
        normalized.Kind = EventKinds.Of(part[0].Type);
        int syscallIndex = part.IndexOf(RecordType.Syscall);
        bool isNormalized = syscallIndex >= 0
            ? SyscallEvent.TryNormalize(part, syscallIndex, interpreter, accounts, ref normalized)
            : RecordEvent.TryNormalize(part, accounts, ref normalized);
        if (!isNormalized)
            normalized = default;
        return isNormalized;
    }
}
