using Akashi.Events;
using Akashi.Live;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Reports;

/// <summary>Whether an event is the start of a program, and by which system call.</summary>
static class ExecutedProgram
{
    /// <summary>Whether the event has an EXECVE record, or a SYSCALL that is execve or execveat: a refused one has no EXECVE where the kernel never
    /// came to its arguments.</summary>
    public static bool IsStart(AuditEvent auditEvent) =>
        auditEvent.TryFindRecord(RecordType.Execve, out _)
        || (auditEvent.TryFindRecord(RecordType.Syscall, out Record syscall) && IsCall(syscall, "execve"u8, "execveat"u8));

    /// <summary>Whether a SYSCALL record is one of two system calls, on whatever machine.</summary>
    public static bool IsCall(in Record syscall, ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherName)
    {
        if (!syscall.TryFind("syscall"u8, out ReadOnlySpan<byte> raw) || !syscall.TryFind("arch"u8, out ReadOnlySpan<byte> arch))
            return false;
        return Machines.TryFromElf((long)RawNumber.ReadHex(arch), out Machine machine)
            && Syscalls.ForMachine(machine).TryGetName(RawNumber.Read(raw, otherwise: -1), out ReadOnlySpan<byte> found)
            && (found.SequenceEqual(name) || found.SequenceEqual(otherName));
    }

    /// <summary>The path of the first PATH record: what the kernel opened, or could not.</summary>
    public static bool TryFindPath(AuditEvent auditEvent, out ReadOnlySpan<byte> rawName)
    {
        rawName = default;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type == RecordType.Path && record.TryFind("item"u8, out ReadOnlySpan<byte> item) && item.SequenceEqual("0"u8))
                return record.TryFind("name"u8, out rawName);
        }

        return false;
    }
}
