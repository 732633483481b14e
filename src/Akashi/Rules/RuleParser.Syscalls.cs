using System.Globalization;
using System.Text;
using Akashi.Tables;

namespace Akashi.Rules;

// System calls of a rule: those named with -S, and those that the rule is for where none was named.
public sealed partial class RuleParser
{
    bool TakeSyscalls(string value)
    {
        switch (_list)
        {
            case null:
                return Fail(RuleMessage.ListMissing);
            case FilterList.Task or FilterList.User or FilterList.Filesystem:
                return Fail(RuleMessage.ListTakesNoSyscalls, _list.Value.ToString().ToLowerInvariant());
            case FilterList.Exclude:
                return Fail(RuleMessage.ExcludeTakesNoSyscalls);
            default:
                break;
        }
        if (_isWatch)
            return Fail(RuleMessage.WatchWithSyscall);

        foreach (Range range in value.AsSpan().Split(','))
        {
            ReadOnlySpan<char> name = value.AsSpan(range);
            if (!AddSyscall(name))
                return Fail(_list == FilterList.IoUring ? RuleMessage.OperationUnknown : RuleMessage.SyscallUnknown, name.ToString());
        }
        _hasSyscalls = true;
        return true;
    }

    bool AddSyscall(ReadOnlySpan<char> name)
    {
        if (name is "all")
        {
            _syscalls = SyscallMask.All;
            return true;
        }

        Machine machine = _list == FilterList.IoUring ? Machine.IoUring : _arch ?? context.Machine;
        Span<byte> room = stackalloc byte[NameBytesUsual];
        ReadOnlySpan<byte> bytes = Utf8(name, room);
        if (Syscalls.ForMachine(machine).TryGetNumberIgnoreCase(bytes, out long number))
            WarnOfMismatch(bytes, machine, number);
        else if (!long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return false;
        if (number > SyscallMask.NumberMax)
            return false;
        _syscalls ??= SyscallMask.None;
        _syscalls.Add((int)number);
        return true;
    }

    // Without arch the number holds for programs of both widths, and may mean another system call for one of them.
    void WarnOfMismatch(ReadOnlySpan<byte> name, Machine machine, long number)
    {
        if (_arch is not null || _list == FilterList.IoUring || _hasMismatch || !machine.TryGetTwin(out Machine twin))
            return;
        Syscalls.ForMachine(twin).TryGetNumberIgnoreCase(name, out long other);
        if (other == number)
            return;
        _hasMismatch = true;
        Warn(RuleMessage.SyscallWidthMismatch, Line > 0 ? $" in line {Line}" : "");
    }

    // A rule that names no system calls is for all of them, but the kernel has less to do where perm and arch say which can matter.
    bool AddDefaultSyscalls(FilterList list)
    {
        if (_hasSyscalls || list == FilterList.Task)
            return true;
        int permission = _conditions.FindIndex(condition => condition.Field == RuleField.Perm);
        if (list == FilterList.Exit && permission >= 0 && _arch is { } arch)
            return AddPermissionSyscalls((Permissions)_conditions[permission].Value, arch);
        _syscalls = SyscallMask.All;
        return true;
    }

    bool AddPermissionSyscalls(Permissions permissions, Machine arch)
    {
        _syscalls = PermissionMasks.Of(permissions, arch);
        return _syscalls.Count > 0 || Fail(RuleMessage.PermissionSyscallsUnknown);
    }
}
