using System.Buffers.Text;
using System.Text;
using Akashi.Daemon.Origins;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>Enriches as log_format = ENRICHED does: names of users and groups, of the machine and the system call.</summary>
/// <remarks>
/// After the separator stand <c>NAME=value</c> pairs in the order of the record's fields, the name in capitals. A user or group is quoted (or in hex where
/// quotes can't hold it); <c>unset</c> stands for 4294967295 and <c>unknown(N)</c> for a number without an account, or whose name didn't come in time. Names are
/// kept as bytes for a minute, or until a record says that accounts changed; while the accounts hang those that are known stay, and what wasn't answered is asked anew
/// once they answer again. A record of known numbers allocates nothing. Not for several threads.
/// </remarks>
/// <param name="accounts">Names.</param>
/// <param name="clock">The clock.</param>
/// <param name="origins">What is told of processes besides; null for nothing.</param>
public sealed class RecordEnricher(IAccounts accounts, TimeProvider clock, OriginEnricher? origins = null) : IRecordEnricher, IDisposable
{
    const int NamesMax = 1024;
    const uint Unset = uint.MaxValue;

    static readonly TimeSpan s_namesAgeMax = TimeSpan.FromMinutes(1);

    readonly DeadlineAccounts? _deadline = accounts as DeadlineAccounts;
    Dictionary<uint, byte[]> _users = [];
    Dictionary<uint, byte[]> _groups = [];

    // What was known before the last minute: for when nobody answers.
    Dictionary<uint, byte[]> _formerUsers = [];
    Dictionary<uint, byte[]> _formerGroups = [];

    // Numbers whose names didn't come in time: the words are the same for users and groups.
    readonly Dictionary<uint, byte[]> _unanswered = [];
    long _namesBegan = clock.GetTimestamp();

    /// <inheritdoc/>
    public int Enrich(ReadOnlySpan<byte> line, Span<byte> destination)
    {
        if (!Record.TryParse(line, out Record record, out _))
            return 0;
        ForgetWhatChanged(record.Type);
        var fields = new EnrichedFields(destination);
        uint machineNumber = 0;
        foreach (Field field in record.Fields)
        {
            FieldType type = Classify(field.Name, record);
            if (type == FieldType.Unclassified || !TryReadNumber(field.Value, type, out uint number))
                continue;
            if (type == FieldType.Arch)
                machineNumber = number;
            ReadOnlySpan<byte> value = type == FieldType.Syscall
                ? DescribeSyscall(record, number, machineNumber)
                : Describe(type, number);
            if (!fields.TryAdd(field.Name, value))
                return fields.Length;
        }

        if (origins is not null && record.Type == RecordType.Syscall)
            origins.Enrich(record, ref fields);
        return fields.Length;
    }

    /// <summary>Closes what is open of /proc.</summary>
    public void Dispose() => origins?.Dispose();

    void ForgetWhatChanged(RecordType type)
    {
        bool isChange = type is RecordType.AddUser or RecordType.DelUser or RecordType.AddGroup or RecordType.DelGroup
            or RecordType.UserMgmt or RecordType.GrpMgmt;
        if (!isChange && (clock.GetElapsedTime(_namesBegan) < s_namesAgeMax || _deadline is { IsHanging: true }))
            return;
        _namesBegan = clock.GetTimestamp();
        (_users, _formerUsers, _groups, _formerGroups) = (_formerUsers, _users, _formerGroups, _groups);
        _users.Clear();
        _groups.Clear();
        if (!isChange)
            return;
        _formerUsers.Clear();
        _formerGroups.Clear();
        accounts.Forget();
    }

    // Nearly every field fails the first test; the table is asked only for the rest.
    static FieldType Classify(ReadOnlySpan<byte> name, in Record record)
    {
        if (name.SequenceEqual("arch"u8))
            return FieldType.Arch;
        if (name.SequenceEqual("syscall"u8) || (record.Type == RecordType.Uringop && name.SequenceEqual("uring_op"u8)))
            return FieldType.Syscall;
        if (!name.EndsWith("id"u8) || !FieldTypes.Names.TryGetNumber(name, out long found))
            return FieldType.Unclassified;
        var type = (FieldType)found;
        if (type == FieldType.Uid && name.Length == 2
            && record.Type is RecordType.AddGroup or RecordType.DelGroup or RecordType.GrpMgmt)
            return FieldType.Gid;
        return type is FieldType.Uid or FieldType.Gid ? type : FieldType.Unclassified;
    }

    static bool TryReadNumber(ReadOnlySpan<byte> value, FieldType type, out uint number)
    {
        char format = type == FieldType.Arch ? 'x' : 'D';
        return (Utf8Parser.TryParse(value, out number, out int used, format) && used == value.Length)
            || TryReadMinusOne(value, out number);
    }

    static bool TryReadMinusOne(ReadOnlySpan<byte> value, out uint number)
    {
        number = Unset;
        return value.SequenceEqual("-1"u8);
    }

    // Nobody is asked for root, as in the original: also while a directory server hangs, who acted as root is known.
    ReadOnlySpan<byte> Describe(FieldType type, uint number) => type switch
    {
        FieldType.Uid or FieldType.Gid when number == 0 => "\"root\""u8,
        FieldType.Uid => _users.TryGetValue(number, out byte[]? user) ? user : Ask(FieldType.Uid, number),
        FieldType.Gid => _groups.TryGetValue(number, out byte[]? group) ? group : Ask(FieldType.Gid, number),
        _ => DescribeMachine(number),
    };

    byte[] Ask(FieldType type, uint number)
    {
        (Dictionary<uint, byte[]> names, Dictionary<uint, byte[]> former) = type == FieldType.Uid ? (_users, _formerUsers) : (_groups, _formerGroups);
        if (_deadline is not { IsHanging: true })
            _unanswered.Clear();
        else if (former.TryGetValue(number, out byte[]? known) || _unanswered.TryGetValue(number, out known))
            return known;
        long late = _deadline?.Late ?? 0;
        string? name = type == FieldType.Uid ? accounts.FindUserName(number) : accounts.FindGroupName(number);
        bool isAnswered = name is not null || number == Unset || late == (_deadline?.Late ?? 0);
        if (!isAnswered && former.TryGetValue(number, out byte[]? before))
            return before;
        return Remember(isAnswered ? names : _unanswered, number, name);
    }

    static byte[] Remember(Dictionary<uint, byte[]> names, uint number, string? name)
    {
        if (names.Count >= NamesMax)
            names.Clear();
        string shown = number == Unset ? "unset" : name ?? $"unknown({number})";
        byte[] text = Encoding.UTF8.GetBytes(shown);
        byte[] encoded = new byte[EncodedText.EncodedLength(text)];
        EncodedText.Encode(text, encoded);
        names[number] = encoded;
        return encoded;
    }

    static ReadOnlySpan<byte> DescribeMachine(uint number) =>
        Machines.TryFromElf(number, out Machine machine) && MachineNames.Names.TryGetName((long)machine, out ReadOnlySpan<byte> name)
            ? name
            : Encoding.ASCII.GetBytes($"unknown-elf-type({number:x})");

    static ReadOnlySpan<byte> DescribeSyscall(in Record record, uint number, uint machineNumber)
    {
        // The operations of io_uring are numbered apart, the same on every machine.
        Machine machine = Machine.IoUring;
        if ((record.Type != RecordType.Uringop && !Machines.TryFromElf(machineNumber, out machine))
            || !Syscalls.ForMachine(machine).TryGetName(number, out ReadOnlySpan<byte> name))
            return Encoding.ASCII.GetBytes($"unknown-syscall({number})");

        // These two bundle others on 32 bit machines; the first argument says which.
        if (name.SequenceEqual("socketcall"u8))
            return DescribeCall(record, name, SocketCalls.Names);
        return name.SequenceEqual("ipc"u8) ? DescribeCall(record, name, IpcCalls.Names) : name;
    }

    static ReadOnlySpan<byte> DescribeCall(in Record record, ReadOnlySpan<byte> name, NameTable calls) =>
        record.TryFind("a0"u8, out ReadOnlySpan<byte> value)
        && Utf8Parser.TryParse(value, out uint call, out _, 'x')
        && calls.TryGetName(call, out ReadOnlySpan<byte> callName)
            ? (byte[])[.. name, (byte)'(', .. callName, (byte)')']
            : name;
}
