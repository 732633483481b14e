using System.Text;
using Akashi.Tables;

namespace Akashi.Rules;

// -F and -C: where a field stands, what its operator may be.
public sealed partial class RuleParser
{
    bool TakeField(string word)
    {
        if (_list is not { } list)
            return Fail(RuleMessage.ListMissingForField);

        int nameLength = word.AsSpan().IndexOfAny("=!<>&");
        string name = nameLength < 0 ? word : NameOf(word.AsSpan(0, nameLength));
        if (!CanAddCondition(name))
            return false;
        if (nameLength < 0 || !TryReadOperator(word.AsSpan(nameLength), out RuleOperator op, out int operatorLength))
            return Fail(RuleMessage.OperatorMissing, name);
        if (name.Length == 0)
            return Fail(RuleMessage.FieldMissing, word);
        string value = word[(nameLength + operatorLength)..];
        if (value.Length == 0)
            return Fail(RuleMessage.ValueMissing, name);
        Span<byte> room = stackalloc byte[NameBytesUsual];
        if (!RuleFields.Names.TryGetNumberIgnoreCase(Utf8(name, room), out long number))
            return Fail(RuleMessage.FieldUnknown, name);

        var field = (RuleField)number;
        return CheckList(field, name, list) && CheckOperator(field, name, op) && TakeValue(field, name, op, value);
    }

    bool TakePair(string word)
    {
        if (_list is null)
            return Fail(RuleMessage.ListMissingForField);

        int nameLength = word.AsSpan().IndexOfAny("=!<>&");
        string name = nameLength < 0 ? word : word[..nameLength];
        if (!CanAddCondition(name))
            return false;
        if (nameLength < 0 || !TryReadOperator(word.AsSpan(nameLength), out RuleOperator op, out int operatorLength))
            return Fail(RuleMessage.OperatorMissing, name);
        if (name.Length == 0)
            return Fail(RuleMessage.PairFieldMissing, word);
        string other = word[(nameLength + operatorLength)..];
        if (other.Length == 0)
            return Fail(RuleMessage.PairValueMissing, name);
        if (op is not (RuleOperator.Equal or RuleOperator.NotEqual))
            return Fail(RuleMessage.EqualOrNotOnly, name);
        if (!RuleFields.Names.TryGetNumberIgnoreCase(Encoding.UTF8.GetBytes(name), out long left))
            return Fail(RuleMessage.PairFieldUnknown, name);
        if (!RuleFields.Names.TryGetNumberIgnoreCase(Encoding.UTF8.GetBytes(other), out long right))
            return Fail(RuleMessage.PairValueUnknown, name);
        if (!FieldPairs.TryGetNumber((RuleField)left, (RuleField)right, out uint pair))
            return Fail(RuleMessage.PairIncompatible, name);

        _conditions.Add(new RuleCondition(RuleField.FieldCompare, op, pair));
        return true;
    }

    // A file uses the same few names in all of its rules.
    string NameOf(ReadOnlySpan<char> text)
    {
        const int NamesMax = 16;
        foreach (string name in _names)
        {
            if (text.SequenceEqual(name))
                return name;
        }

        string made = text.ToString();
        if (_names.Count < NamesMax)
            _names.Add(made);
        return made;
    }

    // The first operator after the name counts, so that a value may hold others.
    static bool TryReadOperator(ReadOnlySpan<char> text, out RuleOperator op, out int length)
    {
        length = text[0] != '=' && text.Length > 1 && text[1] == '=' ? 2 : 1;
        Span<byte> symbol = stackalloc byte[2];
        for (int index = 0; index < length; index++)
            symbol[index] = (byte)text[index];
        bool isKnown = RuleOperators.Names.TryGetNumber(symbol[..length], out long number);
        op = (RuleOperator)number;
        return isKnown;
    }

    bool CheckList(RuleField field, string name, FilterList list)
    {
        if (list == FilterList.Exclude && !IsExcludeField(field))
            return Fail(RuleMessage.ExcludeFieldsOnly);
        if (list == FilterList.Exclude && field != RuleField.Msgtype && !context.HasExtendedExclude)
            return Fail(RuleMessage.FieldUnsupported, name);
        if (list == FilterList.Filesystem ? field is not (RuleField.Fstype or RuleField.Filterkey) : field == RuleField.Fstype)
            return Fail(RuleMessage.FieldListMismatch, name);

        bool isExit = list is FilterList.Exit or FilterList.IoUring or FilterList.Unknown;
        return field switch
        {
            RuleField.Msgtype when list is not (FilterList.Exclude or FilterList.User) => Fail(RuleMessage.RecordTypeListOnly),
            RuleField.Sessionid when !isExit && list is not (FilterList.Exclude or FilterList.User) =>
                Fail(RuleMessage.SessionListOnly, name),
            RuleField.Sessionid when !context.HasSessionFilter => Fail(RuleMessage.FieldUnsupported, name),
            RuleField.Exe when !context.HasExecutablePath => Fail(RuleMessage.FieldUnsupported, name),
            RuleField.Filetype when !isExit => Fail(RuleMessage.ExitOrEntryListOnly, name),
            RuleField.Ppid or RuleField.Exit or RuleField.Success or RuleField.Devmajor or RuleField.Devminor or RuleField.Inode or
            RuleField.Watch or RuleField.Dir or RuleField.ObjUser or RuleField.ObjRole or RuleField.ObjType or
            RuleField.ObjLevLow or RuleField.ObjLevHigh when !isExit => Fail(RuleMessage.ExitListOnly, name),
            RuleField.Perm when !isExit && list != FilterList.Exclude => Fail(RuleMessage.ExitListOnly, name),
            _ => true,
        };
    }

    static bool IsExcludeField(RuleField field) => field is
        RuleField.Msgtype or RuleField.Pid or RuleField.Exe or RuleField.Sessionid or RuleField.Filterkey or RuleField.Perm or
        RuleField.SubjUser or RuleField.SubjRole or RuleField.SubjType or RuleField.SubjSen or RuleField.SubjClr or
        RuleField.Loginuid or RuleField.ObjUid or RuleField.ObjGid || IsUser(field) || IsGroup(field);

    bool CheckOperator(RuleField field, string name, RuleOperator op) => field switch
    {
        RuleField.Arch or RuleField.Fstype or RuleField.Inode or RuleField.Exe
            when op is not (RuleOperator.Equal or RuleOperator.NotEqual) => Fail(RuleMessage.EqualOrNotOnly, name),
        RuleField.Perm or RuleField.Filterkey when op != RuleOperator.Equal => Fail(RuleMessage.EqualOnly, name),
        _ => true,
    };

    static bool IsUser(RuleField field) => field is
        RuleField.Uid or RuleField.Euid or RuleField.Suid or RuleField.Fsuid or RuleField.Loginuid or RuleField.ObjUid;

    static bool IsGroup(RuleField field) => field is
        RuleField.Gid or RuleField.Egid or RuleField.Sgid or RuleField.Fsgid or RuleField.ObjGid;
}
