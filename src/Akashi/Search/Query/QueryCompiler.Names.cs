using System.Globalization;
using System.Text;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Query;

// Values of =: names that the tables or this machine must know, and the one form that records have for several typed ones.
public sealed partial class QueryCompiler
{
    ValueTest? MakeEqual(QueryField field, QueryToken token)
    {
        if (field.Kind == QueryFieldKind.Time)
            return TryReadTime(token.Text, token.ValueColumn, token.Column + token.Length - token.ValueColumn, out TimePeriod period) ? new PeriodTest(period) : null;
        if (field.Name == "any")
            return MakeAnywhere(token);
        DoubtValue(field, token);
        if (HasAsterisk(token))
            return new GlobText(token.Text);
        if (token.IsQuoted)
            return new ExactText(token.Text);
        string? text = field.Kind switch
        {
            QueryFieldKind.User or QueryFieldKind.Group => CheckAccount(field.Kind, token),
            QueryFieldKind.Syscall => CheckSyscall(token),
            QueryFieldKind.RecordType => CheckRecordType(token),
            QueryFieldKind.Result => CheckResult(token),
            QueryFieldKind.Exit => CheckExit(token),
            QueryFieldKind.EventKind => CheckKind(token),
            QueryFieldKind.Number when token.Text is "-1" or "4294967295" && field.Name is "session" or "ses" => "unset",
            QueryFieldKind.Number => CheckNumber(token),
            QueryFieldKind.Hexadecimal when token.Text.StartsWith("0x", StringComparison.Ordinal) => token.Text[2..].ToLowerInvariant(),
            _ => token.Text,
        };
        return text is null ? null : new ExactText(text);
    }

    string CheckAccount(QueryFieldKind kind, QueryToken token)
    {
        string text = token.Text;
        if (text is "-1" or "4294967295")
            return "unset";
        IAccounts accounts = host.Accounts;
        bool isKnown = text is "unset" or "root" || IsNumber(text) || (kind == QueryFieldKind.User ? accounts.TryFindUser(text, out _) : accounts.TryFindGroup(text, out _));
        if (isKnown)
            return text;
        var nearest = new NearestName(text);
        if (kind == QueryFieldKind.User)
        {
            foreach (UserAccount account in accounts.ListUsers())
                nearest.Offer(account.Name);
        }

        string what = kind == QueryFieldKind.User ? "user" : "group";
        Doubt(QueryFault.AccountUnknown, token, $"no {what} of this machine is called '{text}': only names that were recorded with the events are found", nearest.Hint);
        return text;
    }

    string? CheckSyscall(QueryToken token)
    {
        byte[] name = Encoding.UTF8.GetBytes(token.Text);
        if (IsNumber(token.Text) || Enum.GetValues<Machine>().Any(machine => Syscalls.ForMachine(machine).TryGetNumber(name, out _)))
            return token.Text;
        Machine own = Machines.TryFromName(Encoding.ASCII.GetBytes(host.Machine), out Machine found) ? found : Machine.X86_64;
        Fault(QueryFault.NameUnknown, token, $"no system call is called '{token.Text}'", HintFrom(Syscalls.ForMachine(own), token.Text));
        return null;
    }

    string? CheckRecordType(QueryToken token)
    {
        if (ushort.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            return NameOf((RecordType)number);
        if (RecordTypes.Names.TryGetNumberIgnoreCase(Encoding.UTF8.GetBytes(token.Text), out long type))
            return NameOf((RecordType)type);
        if (RecordTypeName.ToNumber(Encoding.UTF8.GetBytes(token.Text)) is not 0 and var unnamed)
            return NameOf(unnamed);
        Fault(QueryFault.NameUnknown, token, $"no record type is called '{token.Text}'", HintFrom(RecordTypes.Names, token.Text) ?? "with an asterisk several are found: type=USER_*");
        return null;
    }

    static string NameOf(RecordType type)
    {
        Span<byte> name = stackalloc byte[RecordTypeName.BytesMax];
        return Encoding.ASCII.GetString(name[..RecordTypeName.Format(type, name)]);
    }

    string? CheckResult(QueryToken token)
    {
        switch (token.Text.ToLowerInvariant())
        {
            case "success" or "yes" or "ok" or "successful":
                return "success";
            case "failed" or "no" or "fail" or "failure" or "unsuccessful":
                return "failed";
            default:
                Fault(QueryFault.NameUnknown, token, $"a result is success or failed, not '{token.Text}'");
                return null;
        }
    }

    // EACCES and -EACCES are one; a number is as the record has it.
    string? CheckExit(QueryToken token)
    {
        string name = token.Text.TrimStart('-');
        if (IsNumber(name))
            return token.Text;
        if (Errnos.Names.TryGetNumberIgnoreCase(Encoding.UTF8.GetBytes(name), out long errno) && Errnos.Names.TryGetName(errno, out ReadOnlySpan<byte> shown))
            return Encoding.ASCII.GetString(shown);
        Fault(QueryFault.NameUnknown, token, $"'{token.Text}' is neither a number nor the name of an error", HintFrom(Errnos.Names, name));
        return null;
    }

    static string? HintFrom(NameTable names, string typed)
    {
        var nearest = new NearestName(typed);
        for (int index = 0; index < names.Count; index++)
            nearest.Offer(Encoding.ASCII.GetString(names.NameAt(index)));
        return nearest.Hint;
    }

    static bool IsNumber(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
