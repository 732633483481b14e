using System.Buffers;
using System.Globalization;
using System.Text;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>Writes rules as <c>auditctl -l</c> lists them; the parser reads that text back into an equal rule.</summary>
/// <param name="machine">The machine whose system calls a rule without arch is shown by.</param>
/// <param name="isInterpreted">As <c>-l -i</c> lists them: arch by the machine's name, unset users as <c>unset</c>.</param>
public sealed class RuleListing(Machine machine, bool isInterpreted = false)
{
    /// <summary>The words of a system call's argument: machine, number of the call, index of the argument, value. Used where a rule has one system
    /// call; null for none.</summary>
    public Func<Machine, int, int, uint, string>? InterpretArgument { get; init; }

    /// <summary>The text of a rule as a string; bytes that aren't UTF-8 become U+FFFD.</summary>
    public string ToText(Rule rule)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(rule, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The text of one condition, without its <c>-F</c> or <c>-C</c>.</summary>
    public string ToText(RuleCondition condition)
    {
        var output = new ArrayBufferWriter<byte>();
        Machine shown = machine;
        if (condition.Field == RuleField.Arch)
            WriteArch(condition, ref shown, output);
        else
            WriteCondition(condition, output);
        return Encoding.UTF8.GetString(output.WrittenSpan)[" -F ".Length..];
    }

    /// <summary>Writes the text of a rule, without a line feed.</summary>
    public void Write(Rule rule, IBufferWriter<byte> output)
    {
        if (IsWatch(rule))
            WriteWatch(rule, output);
        else
            WriteRule(rule, output);
    }

    // Only path or dir, then perm, and keys, for every system call: what -w makes, and every rule that looks the same. A rule
    // with perm alone auditctl takes for a watch too, and prints no -w.
    static bool IsWatch(Rule rule)
    {
        bool hasPermissions = false;
        foreach (RuleCondition condition in rule.Conditions)
        {
            if (condition.Operator != RuleOperator.Equal)
                return false;
            if (condition.Field is RuleField.Watch or RuleField.Dir && hasPermissions)
                return false;
            if (condition.Field is not (RuleField.Watch or RuleField.Dir or RuleField.Perm or RuleField.Filterkey))
                return false;
            hasPermissions |= condition.Field == RuleField.Perm;
        }
        return hasPermissions && rule is { List: FilterList.Exit, Action: RuleAction.Always } && rule.Syscalls.IsAll;
    }

    static void WriteWatch(Rule rule, IBufferWriter<byte> output)
    {
        string between = "";
        foreach (RuleCondition condition in rule.Conditions)
        {
            if (condition.Field == RuleField.Filterkey)
            {
                WriteKeys(between + "-k ", condition, output);
            }
            else if (condition.Field == RuleField.Perm)
            {
                Put(output, between + "-p ");
                PutPermissions(output, condition.Value);
            }
            else
            {
                Put(output, between + "-w ");
                output.Write(condition.Text.Span);
            }
            between = " ";
        }
    }

    void WriteRule(Rule rule, IBufferWriter<byte> output)
    {
        Put(output, "-a ");
        PutName(output, RuleActions.Names, (long)rule.Action);
        Put(output, ",");
        Put(output, FilterListNames.Of(rule.List));

        Machine shown = machine;
        foreach (RuleCondition condition in rule.Conditions)
        {
            if (condition.Field == RuleField.Arch)
                WriteArch(condition, ref shown, output);
        }
        if (rule.List is FilterList.IoUring)
            shown = Machine.IoUring;
        if (rule.List is FilterList.Exit or FilterList.IoUring)
            WriteSyscalls(rule.Syscalls, shown, output);
        foreach (RuleCondition condition in rule.Conditions)
        {
            if (condition.Field is >= RuleField.Arg0 and <= RuleField.Arg3 && InterpretArgument is not null && rule.Syscalls.Count == 1)
                WriteArgument(condition, shown, rule.Syscalls.First, output);
            else if (condition.Field != RuleField.Arch)
                WriteCondition(condition, output);
        }
    }

    void WriteArgument(RuleCondition condition, Machine shown, int syscall, IBufferWriter<byte> output)
    {
        Put(output, " -F ");
        PutName(output, RuleFields.Names, (long)condition.Field);
        PutName(output, RuleOperators.Names, (long)condition.Operator);
        Put(output, InterpretArgument!(shown, syscall, (int)(condition.Field - RuleField.Arg0), condition.Value));
    }

    void WriteArch(RuleCondition condition, ref Machine shown, IBufferWriter<byte> output)
    {
        Put(output, " -F arch");
        PutName(output, RuleOperators.Names, (long)condition.Operator);
        if (Machines.TryFromElf(condition.Value, out Machine found))
            shown = found;
        if (isInterpreted && found.TryGetName(out ReadOnlySpan<byte> name))
            output.Write(name);
        else
            Put(output, Machines.Is64BitElf(condition.Value) ? "b64" : "b32");
    }

    static void WriteSyscalls(SyscallMask syscalls, Machine shown, IBufferWriter<byte> output)
    {
        if (syscalls.IsAll)
        {
            Put(output, " -S all");
            return;
        }

        string before = " -S ";
        NameTable names = Syscalls.ForMachine(shown);
        for (int number = 0; number <= SyscallMask.NumberMax; number++)
        {
            if (!syscalls.Contains(number))
                continue;
            Put(output, before);
            PutName(output, names, number);
            before = ",";
        }
    }

    void WriteCondition(RuleCondition condition, IBufferWriter<byte> output)
    {
        if (condition.Field == RuleField.Filterkey)
        {
            WriteKeys(" -F key=", condition, output);
            return;
        }
        // -C takes no other operator; a field_compare that has one is no comparison of fields, and no kernel holds it.
        if (condition is { Field: RuleField.FieldCompare, Operator: RuleOperator.Equal or RuleOperator.NotEqual }
            && FieldPairs.TryGetFields(condition.Value, out var left, out var right))
        {
            Put(output, " -C ");
            PutName(output, RuleFields.Names, (long)left);
            PutName(output, RuleOperators.Names, (long)condition.Operator);
            PutName(output, RuleFields.Names, (long)right);
            return;
        }

        Put(output, " -F ");
        if (RuleFields.Names.TryGetName((long)condition.Field, out _))
            PutName(output, RuleFields.Names, (long)condition.Field);
        else
            Put(output, $"f{(uint)condition.Field}");
        PutName(output, RuleOperators.Names, (long)condition.Operator);
        WriteValue(condition, output);
    }

    void WriteValue(RuleCondition condition, IBufferWriter<byte> output)
    {
        switch (condition.Field)
        {
            case var field when RuleCondition.IsText(field):
                output.Write(condition.Text.Span);
                break;
            case RuleField.Perm:
                PutPermissions(output, condition.Value);
                break;
            case RuleField.Exit when (int)condition.Value < 0 && Errnos.Names.TryGetName(-(long)(int)condition.Value, out _):
                Put(output, "-");
                PutName(output, Errnos.Names, -(long)(int)condition.Value);
                break;
            case RuleField.Msgtype:
                PutName(output, RecordTypes.Names, condition.Value);
                break;
            case RuleField.Fstype:
                PutName(output, FileSystemTypes.Names, condition.Value);
                break;
            case RuleField.Arg0 or RuleField.Arg1 or RuleField.Arg2 or RuleField.Arg3:
                Put(output, $"0x{condition.Value:X}");
                break;
            case RuleField.Loginuid or RuleField.Sessionid when isInterpreted && condition.Value == uint.MaxValue:
                Put(output, "unset");
                break;
            case RuleField.Inode:
                Put(output, condition.Value.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                Put(output, ((int)condition.Value).ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    static void WriteKeys(string before, RuleCondition condition, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> keys = condition.Text.Span;
        foreach (Range key in keys.Split(Rule.KeySeparator))
        {
            Put(output, before);
            output.Write(keys[key]);
            if (!before.StartsWith(' '))
                before = " " + before;
        }
    }

    static void PutPermissions(IBufferWriter<byte> output, uint value)
    {
        var permissions = (Permissions)value;
        Put(output, (permissions.HasFlag(Permissions.Read) ? "r" : "") + (permissions.HasFlag(Permissions.Write) ? "w" : "")
            + (permissions.HasFlag(Permissions.Execute) ? "x" : "") + (permissions.HasFlag(Permissions.Attributes) ? "a" : ""));
    }

    static void PutName(IBufferWriter<byte> output, NameTable names, long number)
    {
        if (names.TryGetName(number, out ReadOnlySpan<byte> name))
            output.Write(name);
        else
            Put(output, number.ToString(CultureInfo.InvariantCulture));
    }

    static void Put(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
