using Akashi.Cli.CommandLine;
using Akashi.Search.Query;

namespace Akashi.Cli.Searching;

/// <summary>The manual of <c>akashi search</c>.</summary>
static class SearchManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...] [QUERY...]"],
        Description = """
            `akashi search` finds events in the audit trail by a query: in the logs of auditd.conf, in those that `--input` names, or in standard input where that is
            a pipe. Without a query every event is found.

            A query is terms, joined by `and` (or nothing), `or`, `not` and parentheses; `and` binds closer than `or`. The arguments of the shell are one text:
            quote it where the shell would take its signs.

                FIELD=VALUE    the value is this, in words or as the record has it; * outside quotes stands for anything
                FIELD!=VALUE   not so; also found where the field is missing
                FIELD~REGEX    a part follows the regular expression; !~ not so
                FIELD<VALUE    a number or a time compares so; <= > >= too
                WORD           stands anywhere in the event
                "two words"    a value or text with blanks
                since TIME     from then on; until TIME

            Times are 2026-11-20 (the whole day), 2026-11-20T10:30:05Z, 10:30, yesterday 10:30, 2h, 3 days ago, @1626611363, now, recent, this-hour,
            today, yesterday, this-week, week-ago, this-month, this-year, boot, start.

            The fields with a meaning of their own are:


            """ + string.Concat(QueryFields.Named.Select(field => $"    {field.Name,-10}{field.Help}\n")) + """

            Every field of records goes by its name too, and raw.NAME is a field as it stands in the trail. Names that nobody knows are refused, with the nearest
            known one. docs/search.md has it all; docs/json.md describes `--format json`.
            """,
        Options = SearchOptions.Table.Descriptions,
        ExitStatus = [("0", "Something was found; or a closed pipe."), ("1", "Nothing was found."), ("2", "The query or an option is wrong, a log can't be read, an archive is damaged.")],
        Files = [("/etc/audit/auditd.conf", "Says where the trail is."), ("/var/log/audit/audit.log", "The trail, with its rotated and packed brothers.")],
        Examples =
        [
            ("akashi search user=alice since yesterday", "What alice did."),
            ("akashi search result=failed type=USER_LOGIN", "Logins that failed."),
            ("akashi search key=passwd and not exe=/usr/sbin/sshd", "What a rule's key caught, but for one program."),
            ("akashi search 'file=/etc/* (action=opened-file or action=deleted)'", "Who touched files of a directory."),
            ("akashi search 'command~curl.*(http|ftp)' --newest --limit 20", "The last downloads, read from the end of the trail."),
            ("akashi search sudo since '3 days ago' --json | jq -c 'select(.command).command.argv'", "For programs: command lines with sudo."),
            ("akashi search --top exe user=root since today", "The programs that root ran most."),
            ("akashi search --count-by hour result=failed", "When things failed."),
            ("akashi search --follow key=secrets", "As it happens."),
        ],
        SeeAlso = ["ausearch(8)", "akashi-report(1)", "akashi-live(1)", "akashi(1)"],
        Section = 1,
    };
}
