using System.Globalization;
using System.Text;
using Akashi.Tables;

namespace Akashi.Rules;

// The value of a field, by the field.
public sealed partial class RuleParser
{
    const int AddressFamilyCount = 46;

    bool TakeValue(RuleField field, string name, RuleOperator op, string value)
    {
        if (field == RuleField.Filterkey)
            return CanHaveKey() ? AddKey(value) : Fail(RuleMessage.KeyAlone);
        if (RuleCondition.IsText(field))
            return TakeText(field, op, value);
        if (field == RuleField.Arch)
            return TakeArch(name, op, value);
        if (!TryReadValue(field, name, value, out uint number))
            return false;
        _conditions.Add(new RuleCondition(field, op, number));
        return true;
    }

    bool TakeText(RuleField field, RuleOperator op, string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        if (text.Length > PathBytesMax)
            return Fail(RuleMessage.TextTooLong);
        _conditions.Add(RuleCondition.OfText(field, op, text));
        return true;
    }

    bool TakeArch(string name, RuleOperator op, string value)
    {
        if (_hasSyscalls)
            return Fail(RuleMessage.ArchAfterSyscalls, name);
        if (value is "b64" or "b32")
        {
            if (!TryFindWidth(is64Bit: value == "b64", out Machine machine))
                return Fail(RuleMessage.ArchWidthUnsupported, name);
            return AddArch(op, machine);
        }
        if (Machines.TryFromName(Encoding.UTF8.GetBytes(value), out Machine named) && IsOfRecordedNames(named))
            return AddArch(op, named);
        return TryReadNumber(value, out uint elf) && Machines.TryFromElf(elf, out Machine numbered)
            ? AddArch(op, numbered)
            : Fail(RuleMessage.ArchUnknown, name);
    }

    // auditctl knows the names of other processors only where it was built for them; x86's knows those of ppc and s390 too.
    bool IsOfRecordedNames(Machine named) => MachineNames.Names.TryGetName((long)named, out _)
        || named == context.Machine || (context.Machine.TryGetTwin(out Machine twin) && named == twin);

    bool AddArch(RuleOperator op, Machine machine)
    {
        _arch = machine;
        _conditions.Add(new RuleCondition(RuleField.Arch, op, machine.ToElf()));
        return true;
    }

    bool TryFindWidth(bool is64Bit, out Machine machine)
    {
        machine = context.Machine;
        return Machines.Is64BitElf(machine.ToElf()) == is64Bit || context.Machine.TryGetTwin(out machine);
    }

    bool TryReadValue(RuleField field, string name, string value, out uint number)
    {
        if (IsUser(field))
            return TryReadUser(value, out number);
        if (IsGroup(field))
            return TryReadGroup(value, out number);
        switch (field)
        {
            case RuleField.Exit:
                return TryReadExit(value, out number) || Fail(RuleMessage.ErrnoUnknown, name);
            case RuleField.Msgtype:
                return TryReadName(RecordTypes.Names, value, out number) || TryReadNumber(value, out number)
                    || Fail(RuleMessage.RecordTypeUnknown, name);
            case RuleField.Filetype:
                return TryReadName(FileTypes.Names, value, out number) || TryReadNumber(value, out number)
                    || Fail(RuleMessage.FileTypeUnknown, name);
            case RuleField.Fstype:
                return TryReadName(FileSystemTypes.Names, value, out number) || TryReadNumber(value, out number)
                    || Fail(RuleMessage.FileSystemUnknown, name);
            case RuleField.Perm:
                number = 0;
                if (value.Length > 4 || !TryReadPermissions(value, out Permissions permissions, out _))
                    return Fail(RuleMessage.PermissionsUnknown);
                number = (uint)permissions;
                return true;
            case RuleField.Sessionid when value == "unset":
                number = uint.MaxValue;
                return true;
            case RuleField.SaddrFam:
                return TryReadFamily(name, value, out number);
            default:
                return TryReadNumber(value, out number) || Fail(RuleMessage.NumberExpected, name);
        }
    }

    bool TryReadUser(string value, out uint uid)
    {
        uid = uint.MaxValue;
        return value == "unset" || TryReadNumber(value, out uid) || context.Accounts.TryFindUser(value, out uid)
            || Fail(RuleMessage.AccountUnknown, $"Unknown user: {value}");
    }

    bool TryReadGroup(string value, out uint gid)
    {
        gid = uint.MaxValue;
        return value == "unset" || TryReadNumber(value, out gid) || context.Accounts.TryFindGroup(value, out gid)
            || Fail(RuleMessage.AccountUnknown, $"Unknown group: {value}");
    }

    static bool TryReadExit(string value, out uint number)
    {
        if (TryReadNumber(value, out number))
            return true;
        bool isNegative = value.StartsWith('-');
        if (!TryReadName(Errnos.Names, isNegative ? value[1..] : value, out number))
            return false;
        if (isNegative)
            number = (uint)-(int)number;
        return true;
    }

    static bool TryReadName(NameTable names, string value, out uint number)
    {
        Span<byte> room = stackalloc byte[NameBytesUsual];
        bool isKnown = names.TryGetNumberIgnoreCase(Utf8(value, room), out long found);
        number = (uint)found;
        return isKnown;
    }

    // As strtoul(3) with base 0 reads it: decimal, 0x and hexadecimal, 0 and octal; a minus sign wraps around 32 bits.
    static bool TryReadNumber(string value, out uint number)
    {
        number = 0;
        bool isNegative = value.StartsWith('-');
        ReadOnlySpan<char> digits = value.AsSpan(isNegative ? 1 : 0);
        int radix = digits.StartsWith("0x") || digits.StartsWith("0X") ? 16 : digits.Length > 1 && digits[0] == '0' ? 8 : 10;
        digits = digits[(radix == 16 ? 2 : radix == 8 ? 1 : 0)..];
        if (digits.IsEmpty)
            return false;

        ulong sum = 0;
        foreach (char digit in digits)
        {
            int worth = char.IsAsciiDigit(digit) ? digit - '0' : char.IsAsciiHexDigit(digit) ? (digit | 0x20) - 'a' + 10 : radix;
            if (worth >= radix)
                return false;
            sum = sum * (ulong)radix + (ulong)worth;
            if (sum > (isNegative ? 0x8000_0000UL : uint.MaxValue))
                return false;
        }
        number = isNegative ? (uint)-(long)sum : (uint)sum;
        return true;
    }

    // auditctl reads it as atoi(3) does: inet6 would be 0, and the rule for no family that is meant.
    bool TryReadFamily(string name, string value, out uint number)
    {
        bool isNumber = uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (isNumber || value.Length > 9)
            return number < AddressFamilyCount && isNumber || Fail(RuleMessage.ValueTooLarge, name);
        bool isFamily = TryReadName(AddressFamilies.Names, value, out number);
        return Fail(RuleMessage.FamilyNotNumber, isFamily ? $"{name} takes a number: {value} is {number}" : $"{name} takes a number, not '{value}'");
    }
}
