using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>A rule's condition in plain words.</summary>
/// <param name="accounts">Names of users and groups.</param>
sealed class ConditionWords(IAccounts accounts)
{
    const uint Unset = uint.MaxValue;

    /// <summary>The words: <c>the login user is shota</c>.</summary>
    public string Of(RuleCondition condition) => condition.Field switch
    {
        RuleField.Loginuid when condition is { Value: Unset, Operator: RuleOperator.NotEqual } => "somebody logged in (auid is set)",
        RuleField.Loginuid when condition is { Value: Unset, Operator: RuleOperator.Equal } => "nobody logged in: daemons and the system (auid is unset)",
        RuleField.Watch => condition.Operator == RuleOperator.Equal ? Text(condition) : $"any file but {Text(condition)}",
        RuleField.Dir => condition.Operator == RuleOperator.Equal ? $"anything in {Text(condition)}" : $"anything outside {Text(condition)}",
        RuleField.Perm => $"it is for {Accesses((Permissions)condition.Value)}",
        RuleField.Success => condition.Value != 0 == (condition.Operator == RuleOperator.Equal) ? "it succeeds" : "it fails",
        RuleField.Exit when (int)condition.Value < 0 && condition.Operator == RuleOperator.Equal => $"it fails with {Errno(condition)}",
        RuleField.FieldCompare when FieldPairs.TryGetFields(condition.Value, out RuleField left, out RuleField right) =>
            $"{Name(left)} {(condition.Operator == RuleOperator.Equal ? "is also" : "is not")} {Name(right)}",
        _ => $"{Name(condition.Field)} {Compare(condition.Operator)} {Value(condition)}",
    };

    /// <summary>Accesses as nouns: <c>writing and changing attributes</c>.</summary>
    public static string Accesses(Permissions permissions)
    {
        var words = new List<string>();
        if (permissions.HasFlag(Permissions.Read))
            words.Add("reading");
        if (permissions.HasFlag(Permissions.Write))
            words.Add("writing");
        if (permissions.HasFlag(Permissions.Execute))
            words.Add("running");
        if (permissions.HasFlag(Permissions.Attributes))
            words.Add("changing owner or permissions");
        return words.Count < 2 ? string.Concat(words) : string.Join(", ", words.SkipLast(1)) + " and " + words[^1];
    }

    static string Name(RuleField field) => field switch
    {
        RuleField.Pid => "the process",
        RuleField.Ppid => "the parent process",
        RuleField.Uid => "the user (uid)",
        RuleField.Euid => "the user it acts as (euid)",
        RuleField.Suid => "the saved user (suid)",
        RuleField.Fsuid => "the user for files (fsuid)",
        RuleField.Gid => "the group (gid)",
        RuleField.Egid => "the group it acts as (egid)",
        RuleField.Sgid => "the saved group (sgid)",
        RuleField.Fsgid => "the group for files (fsgid)",
        RuleField.Loginuid => "the login user (auid)",
        RuleField.ObjUid => "the file's owner",
        RuleField.ObjGid => "the file's group",
        RuleField.Sessionid => "the login session",
        RuleField.Exe => "the program",
        RuleField.Msgtype => "the record's type",
        RuleField.Fstype => "the file system",
        RuleField.Filetype => "the kind of file",
        RuleField.Exit => "the result (exit)",
        RuleField.Arg0 => "the first argument (a0)",
        RuleField.Arg1 => "the second argument (a1)",
        RuleField.Arg2 => "the third argument (a2)",
        RuleField.Arg3 => "the fourth argument (a3)",
        RuleField.SaddrFam => "the address family",
        RuleField.Inode => "the inode",
        RuleField.Devmajor => "the device's major number",
        RuleField.Devminor => "the device's minor number",
        RuleField.Pers => "the personality",
        _ => RuleFields.Names.TryGetName((long)field, out ReadOnlySpan<byte> name) ? Encoding.UTF8.GetString(name) : $"field {(uint)field}",
    };

    static string Compare(RuleOperator op) => op switch
    {
        RuleOperator.Equal => "is",
        RuleOperator.NotEqual => "is not",
        RuleOperator.Greater => "is above",
        RuleOperator.GreaterOrEqual => "is at least",
        RuleOperator.Less => "is below",
        RuleOperator.LessOrEqual => "is at most",
        RuleOperator.BitMask => "has one of the bits",
        _ => "has all of the bits",
    };

    string Value(RuleCondition condition) => condition.Field switch
    {
        var field when RuleCondition.IsText(field) => Text(condition),
        RuleField.Uid or RuleField.Euid or RuleField.Suid or RuleField.Fsuid or RuleField.Loginuid or RuleField.ObjUid =>
            Account(condition, accounts.FindUserName),
        RuleField.Gid or RuleField.Egid or RuleField.Sgid or RuleField.Fsgid or RuleField.ObjGid => Account(condition, accounts.FindGroupName),
        RuleField.Msgtype => Named(RecordTypes.Names, condition.Value),
        RuleField.Fstype => Named(FileSystemTypes.Names, condition.Value),
        RuleField.Filetype => Named(FileTypes.Names, condition.Value),
        RuleField.SaddrFam => Named(AddressFamilies.Names, condition.Value),
        RuleField.Arg0 or RuleField.Arg1 or RuleField.Arg2 or RuleField.Arg3 => $"0x{condition.Value:X}",
        RuleField.Exit => ((int)condition.Value).ToString(CultureInfo.InvariantCulture),
        _ => condition.Value.ToString(CultureInfo.InvariantCulture),
    };

    // Of a range the number says more than whoever happens to have it.
    static string Account(RuleCondition condition, Func<uint, string?> find)
    {
        if (condition.Value == Unset)
            return "unset";
        string number = condition.Value.ToString(CultureInfo.InvariantCulture);
        bool isOne = condition.Operator is RuleOperator.Equal or RuleOperator.NotEqual;
        return isOne && find(condition.Value) is { } name ? name : number;
    }

    static string Named(NameTable names, uint number) => names.TryGetName(number, out ReadOnlySpan<byte> name)
        ? Encoding.UTF8.GetString(name)
        : number.ToString(CultureInfo.InvariantCulture);

    static string Errno(RuleCondition condition) => Named(Errnos.Names, (uint)-(int)condition.Value);

    static string Text(RuleCondition condition) => Encoding.UTF8.GetString(condition.Text.Span);
}
