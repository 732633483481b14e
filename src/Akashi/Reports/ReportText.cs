using System.Buffers.Text;
using System.Text;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Output;
using Akashi.Records;
using Akashi.Reports.Facts;
using Akashi.Tables;

namespace Akashi.Reports;

/// <summary>How reports write values: numbers or words, what is missing, dates.</summary>
/// <param name="host">For names and dates.</param>
/// <param name="output">Where it goes.</param>
/// <param name="interprets">Whether numbers are shown in words.</param>
public sealed class ReportText(IHost host, Utf8Output output, bool interprets)
{
    const int DateBytesMax = 128;
    const int NumberBytesMax = 12;

    readonly InterpretedText _words = new();
    readonly Machine _machine = Machines.TryFromName(Encoding.UTF8.GetBytes(host.Machine), out Machine own) ? own : Machine.X86_64;
    readonly byte[] _number = new byte[NumberBytesMax];
    readonly byte[] _date = new byte[DateBytesMax];
    int _dateLength;
    long _dateSeconds = long.MinValue;

    /// <summary>Where it goes.</summary>
    public Utf8Output Output => output;

    /// <summary>Whether numbers are shown in words.</summary>
    public bool Interprets => interprets;

    /// <summary>Date and time as the locale has them, %x %T.</summary>
    public void WriteDate(long unixSeconds)
    {
        if (unixSeconds != _dateSeconds)
        {
            _dateLength = host.LocalTime.Format("%x %T", unixSeconds, _date);
            _dateSeconds = unixSeconds;
        }

        output.Write(_date.AsSpan(0, _dateLength));
    }

    /// <summary>Date, time and milliseconds.</summary>
    public void WriteMoment(EventStamp stamp)
    {
        WriteDate(stamp.UnixSeconds);
        int milliseconds = stamp.Milliseconds;
        output.Write((byte)'.');
        output.Write((byte)('0' + (milliseconds / 100)));
        output.Write((byte)('0' + (milliseconds / 10 % 10)));
        output.Write((byte)('0' + (milliseconds % 10)));
    }

    /// <summary>A text that programs chose, escaped; or what stands for none.</summary>
    public void WriteEscaped(EventFacts facts, FactText text, ReadOnlySpan<byte> missing)
    {
        if (text.Exists)
            output.WriteEscaped(facts[text]);
        else
            output.Write(missing);
    }

    /// <summary>A word of a record as it stands, save that no byte of it moves a terminal; or what stands for none.</summary>
    public void WriteWord(EventFacts facts, FactText text, ReadOnlySpan<byte> missing)
    {
        if (text.Exists)
            WriteWord(facts[text]);
        else
            output.Write(missing);
    }

    /// <summary>A word of a record as it stands, save that no byte of it moves a terminal.</summary>
    public void WriteWord(ReadOnlySpan<byte> word)
    {
        if (word.ContainsAnyInRange((byte)0, (byte)0x1F) || word.Contains((byte)0x7F))
            output.WriteEscaped(word);
        else
            output.Write(word);
    }

    /// <summary>A user's number, or name.</summary>
    public void WriteUser(int uid)
    {
        if (!interprets)
        {
            output.Write((long)uid);
            return;
        }

        _words.Clear();
        AccountName.WriteUser((uint)uid, host.Accounts, _words);
        output.WriteEscaped(_words.Bytes);
    }

    /// <summary>A system call's number, or name; a number without a name stands for itself.</summary>
    /// <param name="facts">The event's facts.</param>
    /// <returns>Empty where a name is asked for and the machine is unknown; valid until the next call.</returns>
    public ReadOnlySpan<byte> SyscallWord(EventFacts facts)
    {
        if (interprets)
        {
            if (!ArchName.TryFind(facts.Arch, _machine, out Machine machine))
                return default;
            if (Syscalls.ForMachine(machine).TryGetName(facts.Syscall, out ReadOnlySpan<byte> name))
                return name;
        }

        Utf8Formatter.TryFormat(facts.Syscall, _number, out int length);
        return _number.AsSpan(0, length);
    }

    /// <summary>A record type's name.</summary>
    public void WriteType(RecordType type) =>
        output.Write(RecordTypes.Names.TryGetName((long)type, out ReadOnlySpan<byte> name) ? name : "(null)"u8);

    /// <summary>yes, no or unset.</summary>
    public void WriteOutcome(Outcome outcome) => output.Write(outcome switch
    {
        Outcome.Success => "yes"u8,
        Outcome.Failed => "no"u8,
        _ => "unset"u8,
    });

    /// <summary>What was typed: texts and names of keys.</summary>
    public void WriteTyped(ReadOnlySpan<byte> data)
    {
        _words.Clear();
        if (data.IsEmpty)
            _words.Append("conversion error()"u8);
        else
            TypedKeys.Write(data, _words);
        output.WriteEscaped(_words.Bytes);
    }
}
