using System.Buffers.Text;
using System.Text;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>Enriches as log_format = ENRICHED does: names of users and groups, of the machine and the system call.</summary>
/// <remarks>
/// After the separator stand <c>NAME=value</c> pairs in the order of the record's fields, the name in capitals. A user or group is quoted (or in hex where
/// quotes can't hold it); <c>unset</c> stands for 4294967295 and <c>unknown(N)</c> for a number without an account. Names seen once are kept as
/// bytes; a record of known numbers allocates nothing. Not for several threads.
/// </remarks>
public sealed class RecordEnricher(IAccounts accounts) : IRecordEnricher
{
    const int NamesMax = 1024;
    const uint Unset = uint.MaxValue;

    readonly Dictionary<uint, byte[]> _users = [];
    readonly Dictionary<uint, byte[]> _groups = [];

    /// <inheritdoc/>
    public int Enrich(ReadOnlySpan<byte> line, Span<byte> destination)
    {
        if (!Record.TryParse(line, out Record record, out _))
            return 0;
        int length = 0;
        uint machineNumber = 0;
        foreach (Field field in record.Fields)
        {
            FieldType type = Classify(field.Name, record);
            if (type == FieldType.Unclassified || !TryReadNumber(field.Value, type, out uint number))
                continue;
            if (type == FieldType.Arch)
                machineNumber = number;
            if (!TryAppend(field.Name, type, number, machineNumber, destination, ref length))
                return length;
        }

        return length;
    }

    /// <summary>Forgets names: an account has changed.</summary>
    public void Forget()
    {
        _users.Clear();
        _groups.Clear();
    }

    // Nearly every field fails the first test; the table is asked only for the rest.
    static FieldType Classify(ReadOnlySpan<byte> name, in Record record)
    {
        if (name.SequenceEqual("arch"u8))
            return FieldType.Arch;
        if (name.SequenceEqual("syscall"u8))
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

    bool TryAppend(
        ReadOnlySpan<byte> name, FieldType type, uint number, uint machineNumber, Span<byte> destination, ref int length)
    {
        ReadOnlySpan<byte> value = Describe(type, number, machineNumber);
        if (destination.Length - length < name.Length + value.Length + 2)
            return false;
        destination[length] = length == 0 ? Record.EnrichmentSeparator : (byte)' ';
        Ascii.ToUpper(name, destination[(length + 1)..], out int written);
        length += written + 1;
        destination[length++] = (byte)'=';
        value.CopyTo(destination[length..]);
        length += value.Length;
        return true;
    }

    ReadOnlySpan<byte> Describe(FieldType type, uint number, uint machineNumber)
    {
        switch (type)
        {
            case FieldType.Uid:
                return _users.TryGetValue(number, out byte[]? user) ? user : Remember(_users, number, accounts.FindUserName(number));
            case FieldType.Gid:
                return _groups.TryGetValue(number, out byte[]? group) ? group : Remember(_groups, number, accounts.FindGroupName(number));
            case FieldType.Arch:
                return DescribeMachine(number);
            default:
                return DescribeSyscall(number, machineNumber);
        }
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

    static ReadOnlySpan<byte> DescribeSyscall(uint number, uint machineNumber) =>
        Machines.TryFromElf(machineNumber, out Machine machine)
        && Syscalls.ForMachine(machine).TryGetName(number, out ReadOnlySpan<byte> name)
            ? name
            : Encoding.ASCII.GetBytes($"unknown-syscall({number})");
}
