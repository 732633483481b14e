using System.Text;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Turns raw values into words: <c>auid=1000</c> into <c>operator1</c>, <c>syscall=59</c> into <c>execve</c>.</summary>
/// <remarks>
/// What the recording machine looked up (the enrichment) wins over what this one would say, save where it says <c>unknown-…</c>: newer tables may know.
/// </remarks>
/// <param name="host">For account names and the words of errors.</param>
public sealed class Interpreter(IHost host)
{
    ErrorWords? _errors;
    Machine? _own;

    Machine Own => _own ??= Machines.TryFromName(Encoding.ASCII.GetBytes(host.Machine), out Machine found) ? found : Machine.X86_64;

    /// <summary>Writes a field's value in words.</summary>
    /// <param name="record">The record that the field stands in: other fields may decide what it means. For many of its fields, make one
    /// <see cref="RecordContext"/>.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="value">Its raw value, with its quotes.</param>
    /// <param name="text">Receives the words; cleared first.</param>
    /// <returns>False, and nothing is written, where the field has no type: the value stands for itself.</returns>
    public bool TryInterpret(in Record record, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, InterpretedText text)
    {
        var context = new RecordContext(record);
        return TryInterpret(ref context, name, value, text);
    }

    /// <summary>Writes the value of one of a record's fields in words: the time for all of them grows with the record's length.</summary>
    /// <param name="record">The record, and what earlier fields had looked for.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="value">Its raw value, with its quotes.</param>
    /// <param name="text">Receives the words; cleared first.</param>
    /// <returns>False, and nothing is written, where the field has no type: the value stands for itself.</returns>
    public bool TryInterpret(
        scoped ref RecordContext record, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value, InterpretedText text)
    {
        text.Clear();
        int entry = FieldIndex.EntryOf(name);
        FieldType type = FieldClassification.Of(record.Type, entry, name, value);
        if (type == FieldType.Unclassified)
            return false;
        Interpret(ref record, entry, type, value, text);
        return true;
    }

    /// <summary>As above, of a field whose type is known and isn't Unclassified.</summary>
    internal void Interpret<TContext>(scoped ref TContext record, int entry, FieldType type, scoped ReadOnlySpan<byte> value, InterpretedText text)
        where TContext : IRecordContext, allows ref struct
    {
        text.Clear();
        if (type is FieldType.Uid or FieldType.Gid or FieldType.Syscall or FieldType.Arch
            && record.TryFindEnriched(entry, out ReadOnlySpan<byte> looked))
            AccountName.WriteEnriched(looked, text);
        else if (type == FieldType.Sockaddr && !record.EnrichedAddress.IsEmpty)
            text.Append(record.EnrichedAddress);
        else
            Write(type, ref record, value, text);
    }

    /// <summary>The name of a SYSCALL record's system call; empty where it has none.</summary>
    /// <remarks>As <see cref="TryInterpret(in Record, ReadOnlySpan{byte}, ReadOnlySpan{byte}, InterpretedText)"/> would write it, save that calls which
    /// multiplex others don't name the one inside.</remarks>
    public ReadOnlySpan<byte> SyscallNameOf(in Record record)
    {
        var context = new RecordContext(record);
        return context.TryFindEnriched("syscall"u8, out ReadOnlySpan<byte> looked) ? looked : context.Syscall(Own).Name;
    }

    void Write<TContext>(FieldType type, scoped ref TContext record, scoped ReadOnlySpan<byte> value, InterpretedText text)
        where TContext : IRecordContext, allows ref struct
    {
        switch (type)
        {
            case FieldType.Uid:
                AccountName.WriteUser(value, host.Accounts, text);
                break;
            case FieldType.Gid:
                AccountName.WriteGroup(value, host.Accounts, text);
                break;
            case FieldType.Syscall:
                // The original has no names for io_uring's operations, unless the recording machine looked them up.
                SyscallName.Write(record.Syscall(Own), record.Type == RecordType.Uringop, value, text);
                break;
            case FieldType.Arch:
                ArchName.Write(value, Own, text);
                break;
            case FieldType.Sockaddr:
                SocketAddress.Write(value, text);
                break;
            case FieldType.A0 or FieldType.A1 or FieldType.A2 or FieldType.A3:
                SyscallArgument.Write(record.Syscall(Own), type - FieldType.A0, value, host.Accounts, text);
                break;
            case FieldType.Exit:
                ExitValue.Write(value, _errors ??= new ErrorWords(host), text);
                break;
            case FieldType.Errno:
                ExitValue.WriteErrno(value, text);
                break;
            case FieldType.Escaped or FieldType.EscapedFile or FieldType.EscapedKey:
                EscapedValue.Write(value, text);
                break;
            case FieldType.Proctitle:
                EscapedValue.WriteProcessTitle(value, text);
                break;
            case FieldType.TtyData:
                TypedKeys.Write(value, text);
                break;
            case FieldType.Mode:
                FileMode.Write(value, text);
                break;
            case FieldType.ModeShort:
                WriteShortMode(value, text);
                break;
            case FieldType.Capability:
                CapabilityNames.Write(value, text);
                break;
            case FieldType.CapBitmap:
                CapabilityNames.WriteSet(value, text);
                break;
            default:
                SmallTypes.Write(type, isArp: type == FieldType.Hook && record.IsArp, value, text);
                break;
        }
    }

    static void WriteShortMode(ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (RawNumber.TryOctal(value, out uint mode))
            FileMode.WriteShort(mode, text);
        else
            RawNumber.WriteFault(value, text);
    }
}
