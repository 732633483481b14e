using System.Globalization;
using System.Text;
using Akashi.Events;
using Akashi.Live;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Cli.Trace;

/// <summary>Knows which events are those of the traced program and its children.</summary>
/// <remarks>The process waits as a shell until its rules are loaded: what it does before it becomes the program is the shell's.</remarks>
/// <param name="pid">The program's process.</param>
/// <param name="key">The key of its rules.</param>
/// <param name="machine">The machine, for the numbers of its system calls.</param>
sealed class TracedProgram(int pid, string key, Machine machine)
{
    readonly byte[] _key = Encoding.ASCII.GetBytes($"\"{key}\"");
    readonly HashSet<int> _processes = [];
    bool _hasBegun;

    /// <summary>Events that were the program's.</summary>
    public long Events { get; private set; }

    /// <summary>Processes that they were of.</summary>
    public int ProcessCount => _processes.Count;

    /// <summary>Rules of ours of whose removal the kernel has told: no event of theirs comes after.</summary>
    public int RemovedRules { get; private set; }

    /// <summary>Whether an event is the program's; then it's counted.</summary>
    public bool Take(AuditEvent auditEvent)
    {
        var parts = new EventParts(auditEvent);
        if (parts.Lead.Type == RecordType.ConfigChange)
        {
            RemovedRules += IsRemoval(parts.Lead) ? 1 : 0;
            return false;
        }

        if (!parts.HasSyscall || !TryReadNumber(parts.Syscall, "pid"u8, out int found))
            return false;
        bool isOwn = found == pid || (TryReadNumber(parts.Syscall, "ppid"u8, out int parent) && parent == pid);
        _hasBegun |= isOwn && IsExecution(parts.Syscall);
        if (!isOwn || !_hasBegun)
            return false;
        _processes.Add(found);
        Events++;
        return true;
    }

    bool IsRemoval(in Record record) =>
        record.TryFind("key"u8, out ReadOnlySpan<byte> value) && value.SequenceEqual(_key)
        && record.TryFind("op"u8, out ReadOnlySpan<byte> operation) && operation.Trim((byte)'"').SequenceEqual("remove_rule"u8);

    bool IsExecution(in Record record) =>
        TryReadNumber(record, "syscall"u8, out int number)
        && Syscalls.ForMachine(machine).TryGetNumber("execve"u8, out long execve) && number == execve;

    static bool TryReadNumber(in Record record, ReadOnlySpan<byte> name, out int number)
    {
        number = 0;
        return record.TryFind(name, out ReadOnlySpan<byte> value)
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
