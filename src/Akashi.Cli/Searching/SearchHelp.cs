using Akashi.Output;
using Akashi.Search.Query;

namespace Akashi.Cli.Searching;

/// <summary><c>akashi search --help</c>: examples first.</summary>
static class SearchHelp
{
    const string Beginning =
        """
        usage: akashi search [OPTION...] [QUERY...]

        Finds events in this machine's audit trail. Examples:

          akashi search user=alice since yesterday               what alice did
          akashi search result=failed type=USER_LOGIN            logins that failed
          akashi search key=passwd and not exe=/usr/sbin/sshd    what a rule's key caught, but for one program
          akashi search 'file=/etc/* (action=opened-file or action=deleted)'
          akashi search 'command~curl.*(http|ftp)' --newest --limit 20
          akashi search sudo since '3 days ago' --json | jq -c 'select(.command).command.argv'
          akashi search --top exe user=root since today          the programs that root ran most
          akashi search --count-by hour result=failed            when things failed
          akashi search --follow key=secrets                     as it happens

        A query is terms FIELD=VALUE, joined by and (or nothing), or, not and parentheses. Quote it as a whole where the shell would take its signs.

          FIELD=VALUE    the value is this; * outside quotes stands for anything: exe=*/sudo
          FIELD!=VALUE   not so; also found where the field is missing
          FIELD~REGEX    a part follows the regular expression; !~ not so
          FIELD<VALUE    a number or a time compared; <= > >= too
          WORD           stands anywhere in the event
          "two words"    a value or text with blanks
          since TIME     until TIME

        Times: yesterday, today, this-week, boot, 2h, '3 days ago', 10:30, 2026-11-20, 2026-11-20T10:30:05Z, @1626611363

        Fields:

        """;

    const string End =
        """

        Every field of records by its name too (auid, a0, saddr, cwd, …), raw or in words: exit=EACCES and exit=-13 are one. raw.NAME compares a field
        as it stands in the trail. docs/search.md has it all; docs/json.md describes --format json.

        Exit codes: 0 found, 1 nothing found, 2 wrong query or unreadable log.

        """;

    public static int Print(Stream stream)
    {
        using var output = new Utf8Output(stream);
        output.Write(Beginning);
        foreach (QueryField field in QueryFields.Named)
            output.Write($"  {field.Name,-10}{field.Help}\n");
        output.Write("\n"u8);
        SearchOptions.Table.WriteHelp(output);
        output.Write(End);
        return 0;
    }
}
