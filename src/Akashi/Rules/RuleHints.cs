using System.Text;
using Akashi.Diagnostics;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>The one action that mends a rule, for those messages that have one.</summary>
static class RuleHints
{
    /// <summary>The hint.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="value">What the message is about.</param>
    /// <param name="machine">Whose system calls the rule is for.</param>
    /// <returns>Null where nothing simple helps.</returns>
    public static string? For(RuleMessage message, string value, Machine machine = Machine.X86_64) => message switch
    {
        RuleMessage.FieldUnknown or RuleMessage.PairFieldUnknown or RuleMessage.PairValueUnknown => Nearest(value, RuleFields.Names),
        RuleMessage.SyscallUnknown or RuleMessage.OperationUnknown => Nearest(value, Syscalls.ForMachine(machine)),
        RuleMessage.RecordTypeUnknown => "ausyscall and ausearch -m list the names; a number is taken too",
        RuleMessage.ArchAfterSyscalls => "put -F arch=… before -S",
        RuleMessage.ArchUnknown => "use b64 or b32",
        RuleMessage.OperatorMissing => "write FIELD=VALUE, or with != > >= < <= & &=",
        RuleMessage.ListMissing => "begin with -a always,exit",
        RuleMessage.ListMissingForField => "put -a always,exit before -F",
        RuleMessage.KeyAlone or RuleMessage.KeyWithoutRule => "put the key last",
        RuleMessage.KeywordBad when value.Contains("entry", StringComparison.Ordinal) => "the list entry is gone since Linux 3.14: write -a always,exit",
        RuleMessage.KeywordBad => "write LIST,ACTION: a list of task, exit, user, exclude, filesystem, io_uring; always or never",
        RuleMessage.KeywordDeprecated => "write always or never",
        RuleMessage.WatchWithSyscall => "write -a always,exit -F path=… in place of -w",
        RuleMessage.WatchWithAction => "write -F path=… or -F dir=… in place of -w",
        RuleMessage.PathNotAbsolute => "write the path from / on",
        RuleMessage.AccountUnknown => "make the account first, or give its number",
        RuleMessage.PermissionsUnknown or RuleMessage.PermissionUnsupported => "r read, w write, x execute, a attributes",
        RuleMessage.RecordTypeListOnly => "write -a always,exclude -F msgtype=…",
        RuleMessage.ExcludeTakesNoSyscalls or RuleMessage.ListTakesNoSyscalls => "leave -S out",
        RuleMessage.RuleFileNested => "name every file on the command line",
        RuleMessage.LineNotText => "save the file as UTF-8",
        RuleMessage.OptionValueMissing => "auditctl -h says what each option takes",
        _ => null,
    };

    static string? Nearest(string value, NameTable names)
    {
        var nearest = new NearestName(value);
        for (int index = 0; index < names.Count; index++)
            nearest.Offer(Encoding.UTF8.GetString(names.NameAt(index)));
        return nearest.Hint;
    }
}
