using Akashi.Records;

namespace Akashi.Normalization;

/// <summary>The fields of a SYSCALL record that normalisation asks for, found in one pass.</summary>
ref struct SyscallRecord
{
    public EventField Success { get; private set; }

    public EventField A0 { get; private set; }

    public EventField A1 { get; private set; }

    public EventField A2 { get; private set; }

    public EventField Auid { get; private set; }

    public EventField Uid { get; private set; }

    public EventField Session { get; private set; }

    public EventField Command { get; private set; }

    public EventField Program { get; private set; }

    public EventField Label { get; private set; }

    public EventField Key { get; private set; }

    /// <summary>The program, or its command where an interpreter runs it.</summary>
    public readonly EventField ProgramOrCommand =>
        EventFields.IsInterpreter(Program.Value) && Command.IsPresent ? Command : Program;

    /// <summary>Reads a record.</summary>
    public static SyscallRecord Read(EventPart part, int recordIndex)
    {
        var read = default(SyscallRecord);
        foreach (Field field in part[recordIndex].Fields)
            read.Take(new EventField(recordIndex, field.Name, field.Value));
        return read;
    }

    // By length first: most of some thirty fields are passed over without a comparison. The first of a name counts.
    void Take(EventField field)
    {
        ReadOnlySpan<byte> name = field.Name;
        switch (name.Length)
        {
            case 2 when name[0] == 'a':
                TakeArgument(name[1], field);
                break;
            case 3 when name.SequenceEqual("uid"u8) && !Uid.IsPresent:
                Uid = field;
                break;
            case 3 when name.SequenceEqual("ses"u8):
                Session = field;
                break;
            case 3 when name.SequenceEqual("exe"u8):
                Program = field;
                break;
            case 3 when name.SequenceEqual("key"u8) && !Key.IsPresent:
                Key = field;
                break;
            case 4 when name.SequenceEqual("auid"u8):
                Auid = field;
                break;
            case 4 when name.SequenceEqual("comm"u8):
                Command = field;
                break;
            case 4 when name.SequenceEqual("subj"u8):
                Label = field;
                break;
            case 7 when name.SequenceEqual("success"u8):
                Success = field;
                break;
        }
    }

    void TakeArgument(byte digit, EventField field)
    {
        if (digit == '0')
            A0 = field;
        else if (digit == '1')
            A1 = field;
        else if (digit == '2')
            A2 = field;
    }
}
