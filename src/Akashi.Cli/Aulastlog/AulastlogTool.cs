using System.Globalization;
using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Input;
using Akashi.Host;
using Akashi.Output;
using Akashi.Reports.Logins;
using Akashi.Search;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Cli.Aulastlog;

/// <summary>aulastlog: the last login of every account of the machine, in the order of its database.</summary>
/// <remarks>Exit codes: 0; 1 usage, an unknown user, or an input that can't be read.</remarks>
static class AulastlogTool
{
    const string Usage = "usage: aulastlog [--stdin] [--user name]\n";
    const int NameColumns = 16;
    const int TerminalColumns = 12;
    const int HostColumns = 26;
    const int DateBytesMax = 128;

    static readonly OptionTable<AulastlogRequest> s_options = new(
        [
            new("-u", "--user", "USER", "What is shown", "this user alone, by name or number", AulastlogRequest.TakeUser),
            new(null, "--stdin", null, "Input", "read standard input", AulastlogRequest.TakeStandardInput),
        ],
        OptionStyle.WholeWords);

    // No other event tells of a login.
    static SearchPlan Logins => new([new RecordTypeCondition([RecordType.UserLogin])]);

    public static Tool Tool { get; } = new("aulastlog", "list the last login of every account, like lastlog", Run)
    {
        Manual = () => AulastlogManual.Make(s_options.Descriptions),
    };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        var request = new AulastlogRequest();
        if (s_options.Parse(invocation.Arguments, request) is not null)
        {
            error.Write(Usage);
            return 1;
        }

        IReadOnlyList<UserAccount> users = invocation.Host.Accounts.ListUsers();
        if (request.User is { } wanted && !TrySelect(wanted, ref users))
        {
            error.Write($"Unknown User: {wanted}\n");
            return 1;
        }

        var logins = new LastLogins();
        using (EventInput input = request.ReadsStandardInput
            ? EventInput.OfStream(invocation, Logins)
            : EventInput.OfLogs(null, invocation, error, Logins))
        {
            input.ReadAll(logins.Add);
        }

        using var output = new Utf8Output(invocation.Output);
        output.Write("Username         Port         From                       Latest\n"u8);
        foreach (UserAccount user in users)
            Write(user, logins.Find(user.Uid), invocation.Host.LocalTime, output);
        return 0;
    }

    static bool TrySelect(string wanted, ref IReadOnlyList<UserAccount> users)
    {
        UserAccount[] found = [.. users.Where(user => user.Name == wanted)];
        if (found.Length == 0 && uint.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out uint uid))
            found = [.. users.Where(user => user.Uid == uid)];
        users = found;
        return found.Length > 0;
    }

    static void Write(UserAccount user, LastLogin? login, ILocalTime localTime, Utf8Output output)
    {
        WriteColumn(Encoding.UTF8.GetBytes(user.Name), NameColumns, output);
        WriteColumn(login?.Terminal, TerminalColumns, output);
        WriteColumn(login?.Host, HostColumns, output);
        if (login is null)
        {
            output.Write("**Never logged in**\n"u8);
            return;
        }

        Span<byte> date = stackalloc byte[DateBytesMax];
        output.Write(date[..localTime.Format("%x %X", login.UnixSeconds, date)]);
        output.EndLine();
    }

    static void WriteColumn(ReadOnlySpan<byte> text, int columns, Utf8Output output)
    {
        if (text.Length > columns)
            text = text[..columns];
        output.WriteEscaped(text);
        for (int column = text.Length; column <= columns; column++)
            output.Write((byte)' ');
    }
}
