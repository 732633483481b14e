using System.Globalization;
using System.Text;
using Akashi.Search;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Cli.Ausearch;

/// <summary>How each selecting option's value becomes a condition.</summary>
static class ConditionBuilders
{
    const long ErrnoMax = 4095;

    public static BuildCondition Text(params string[] fields) =>
        (string _, string value, ConditionContext context, out string? fault) =>
        {
            fault = null;
            return new TextCondition(new FieldNames(fields), context.Pattern(value));
        };

    public static BuildCondition Number(params string[] fields) =>
        (string option, string value, ConditionContext _, out string? fault) =>
        {
            fault = TryReadNumber(value, out long number) ? null : NotANumber(option, value);
            return fault is null ? new NumberCondition(new FieldNames(fields), number) : null;
        };

    public static BuildCondition User(params string[] fields) =>
        (string option, string value, ConditionContext context, out string? fault) =>
        {
            fault = null;
            if (TryReadNumber(value, out long number))
                return new NumberCondition(new FieldNames(fields), number);
            if (context.Host.Accounts.TryFindUser(value, out uint uid))
                return new UserCondition(fields, uid, value);
            fault = $"{option}: no user is called '{value}'";
            return null;
        };

    public static BuildCondition Group(params string[] fields) =>
        (string option, string value, ConditionContext context, out string? fault) =>
        {
            fault = null;
            if (TryReadNumber(value, out long number))
                return new NumberCondition(new FieldNames(fields), number);
            if (context.Host.Accounts.TryFindGroup(value, out uint gid))
                return new NumberCondition(new FieldNames(fields), gid);
            fault = $"{option}: no group is called '{value}'";
            return null;
        };

    public static EventCondition? Key(string option, string value, ConditionContext context, out string? fault)
    {
        fault = null;
        return new KeyCondition(context.Pattern(value));
    }

    public static EventCondition? File(string option, string value, ConditionContext context, out string? fault)
    {
        fault = null;
        return new FileCondition(context.Pattern(value));
    }

    public static EventCondition? HostName(string option, string value, ConditionContext context, out string? fault)
    {
        fault = null;
        return new HostNameCondition(context.Pattern(value));
    }

    public static EventCondition? Serial(string option, string value, ConditionContext context, out string? fault)
    {
        fault = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong serial) ? null : NotANumber(option, value);
        return fault is null ? new SerialCondition(serial) : null;
    }

    public static EventCondition? Success(string option, string value, ConditionContext context, out string? fault)
    {
        fault = value is "yes" or "no" ? null : $"{option}: '{value}' is neither yes nor no";
        return fault is null ? new SuccessCondition(value == "yes") : null;
    }

    public static EventCondition? Session(string option, string value, ConditionContext context, out string? fault)
    {
        long number = uint.MaxValue;
        fault = value == "unset" || TryReadNumber(value, out number) ? null : NotANumber(option, value);
        return fault is null ? new NumberCondition(new FieldNames("ses"), number) : null;
    }

    public static EventCondition? Exit(string option, string value, ConditionContext context, out string? fault)
    {
        fault = null;
        if (TryReadNumber(value, out long number))
            return new ExitCondition(number);
        bool isNegated = value.StartsWith('-');
        if (Errnos.Names.TryGetNumberIgnoreCase(Encoding.UTF8.GetBytes(isNegated ? value[1..] : value), out long errno) && errno <= ErrnoMax)
            return new ExitCondition(isNegated ? -errno : errno);
        fault = $"{option}: '{value}' is neither a number nor the name of an error";
        return null;
    }

    public static EventCondition? Syscall(string option, string value, ConditionContext context, out string? fault)
    {
        fault = null;
        if (TryReadNumber(value, out long number))
            return new SyscallCondition(number);
        if (Syscalls.ForMachine(context.Machine).TryGetNumber(Encoding.UTF8.GetBytes(value), out number))
            return new SyscallCondition(number);
        fault = $"{option}: unknown system call '{value}'";
        return null;
    }

    static bool TryReadNumber(string value, out long number) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    static string NotANumber(string option, string value) => $"{option}: '{value}' is not a number";
}
