using Akashi.Cli.CommandLine;
using Akashi.Formats;

namespace Akashi.Cli.Ausearch;

/// <summary>The options of ausearch.</summary>
static class AusearchOptions
{
    const string Who = "Who";
    const string What = "What";
    const string When = "When and where";
    const string Printing = "Printing";
    const string Input = "Input";
    const string About = "About";

    public static OptionTable<AusearchRequest> Table { get; } = new(
        [
            Selecting("-ua", "--uid-all", "USER", Who, "uid, euid or auid", ConditionBuilders.User("uid", "euid", "auid"), takesDash: true) with
            {
                LongHelp = "A name or a number; finds everything a person did as any user. Prefer -ul where the person who logged in is meant.",
            },
            Selecting("-ul", "--loginuid", "USER", Who, "login user (auid)", ConditionBuilders.User("auid"), takesDash: true) with
            {
                LongHelp = "The user that logged in, which stays the same behind su and sudo; -1 or unset for what no login is behind, such as daemons.",
            },
            Selecting("-ui", "--uid", "USER", Who, "user (uid)", ConditionBuilders.User("uid"), takesDash: true),
            Selecting("-ue", "--uid-effective", "USER", Who, "effective user (euid)", ConditionBuilders.User("euid"), takesDash: true) with
            {
                LongHelp = "The user whose rights counted: root behind sudo and in set-uid programs.",
            },
            Selecting("-ga", "--gid-all", "GROUP", Who, "gid or egid", ConditionBuilders.Group("gid", "egid")),
            Selecting("-gi", "--gid", "GROUP", Who, "group (gid)", ConditionBuilders.Group("gid")),
            Selecting("-ge", "--gid-effective", "GROUP", Who, "effective group (egid)", ConditionBuilders.Group("egid")),
            Selecting(null, "--session", "NUMBER", Who, "login session; unset or -1 for none", ConditionBuilders.Session, takesDash: true) with
            {
                LongHelp = "Every login gets a number that all its processes keep (ses= in records); aulast --proof shows them.",
            },
            Selecting("-p", "--pid", "NUMBER", Who, "process", ConditionBuilders.Number("pid")) with
            {
                LongHelp = "Numbers of processes come again: give a time too.",
            },
            Selecting("-pp", "--ppid", "NUMBER", Who, "parent process", ConditionBuilders.Number("ppid")),
            Selecting("-su", "--subject", "LABEL", Who, "security label of the subject", ConditionBuilders.Text("subj", "scontext")) with
            {
                LongHelp = "A part of the label, such as a type.",
            },
            Selecting("-k", "--key", "TEXT", What, "key of the rule that caught it", ConditionBuilders.Key) with
            {
                LongHelp = "Rules name their key with auditctl -k. A part of a key is enough, unless -w is given.",
            },
            new("-m", "--message", "TYPES", What, "record types, by name or number, joined by commas; ALL", RecordTypeOption.Take)
            {
                LongHelp = "SYSCALL, USER_LOGIN, ADD_USER and so on; -m alone lists them all. May be given again for more types.",
                Values = new(ValueKind.RecordType, "ALL") { IsList = true },
            },
            Selecting("-sc", "--syscall", "CALL", What, "system call, by name or number", ConditionBuilders.Syscall) with
            {
                LongHelp = "Numbers are looked up for the machine of --arch, else for this one; ausyscall shows names and numbers.",
                Values = new(ValueKind.Syscall),
            },
            new(null, "--arch", "MACHINE", What, "machine of the program: b32, b64 or a name; before -sc", MachineOption.Take)
            {
                LongHelp = "The same name is another number on another machine; what --arch says holds for a -sc after it.",
                Values = new(ValueKind.Machine, "b32 b64"),
            },
            Selecting("-sv", "--success", "yes|no", What, "whether it could be done", ConditionBuilders.Success) with
            {
                LongHelp = "yes for what could be done, no for what was refused or failed.",
            },
            Selecting("-e", "--exit", "VALUE", What, "what the system call returned: a number, or the name of an error", ConditionBuilders.Exit, takesDash: true) with
            {
                LongHelp = "A failed call returns the negative number of an error: -EACCES, EACCES and -13 mean the same.",
                Values = new(ValueKind.Errno),
            },
            Selecting("-x", "--executable", "TEXT", What, "program", ConditionBuilders.Text("exe")) with
            {
                LongHelp = "A part of the program's path, as in exe=; with -w the whole of it.",
                Values = new(ValueKind.File),
            },
            Selecting("-c", "--comm", "TEXT", What, "command name", ConditionBuilders.Text("comm")) with
            {
                LongHelp = "The short name that the kernel keeps of a process: at most 15 letters, and any program can change its own.",
            },
            Selecting("-f", "--file", "TEXT", What, "file or directory", ConditionBuilders.File) with
            {
                LongHelp = "A part of a name in PATH, CWD and other records, or of the address of a local socket.",
                Values = new(ValueKind.File),
            },
            Selecting("-o", "--object", "LABEL", What, "security label of the object", ConditionBuilders.Text("obj", "tcontext")),
            Selecting("-se", "--context", "LABEL", What, "either security label", ConditionBuilders.Text("subj", "scontext", "obj", "tcontext")),
            Selecting("-vm", "--vm-name", "TEXT", What, "virtual machine", ConditionBuilders.Text("vm")),
            Selecting("-uu", "--uuid", "TEXT", What, "uuid of a virtual machine", ConditionBuilders.Text("uuid")),
            Flag("-w", "--word", What, "texts must match as a whole", request => request.MatchesWholeWords = true) with
            {
                LongHelp = "Otherwise a text may stand anywhere in a value.",
            },
            Selecting("-a", "--event", "SERIAL", When, "event by its serial", ConditionBuilders.Serial) with
            {
                LongHelp = "The number after the colon in audit(TIME:SERIAL). Serials begin anew at every boot: give a time too.",
            },
            new("-ts", "--start", "TIME", When, "from then: a date, a time or both, or a word", (request, words) => ReadingOptions.TakeTime(words, time => request.Start = time))
            {
                LongHelp = "A date and a time are written as the locale writes them: date +%x and date +%X show how. A time may lack its seconds. A date without a time begins at midnight; a time without a date is today's. Words: now, recent (ten minutes ago), this-hour, boot, today, yesterday, this-week, week-ago, this-month, this-year; checkpoint for the time of --checkpoint.",
                Values = new(ValueKind.Time, "checkpoint"),
            },
            new("-te", "--end", "TIME", When, "until then", (request, words) => ReadingOptions.TakeTime(words, time => request.End = time))
            {
                LongHelp = "In the same forms; a date without a time ends at the clock time of now.",
            },
            new("-n", "--node", "NAME", When, "node; may be given again for another", (request, words) => ReadingOptions.TakeValue(words, request.Nodes.Add))
            {
                LongHelp = "The name that stands in node= of records from several machines.",
            },
            Selecting("-hn", "--host", "TEXT", When, "host name or address it came from", ConditionBuilders.HostName) with
            {
                LongHelp = "The host name or address of a remote login, as the record has it.",
            },
            Selecting("-tm", "--terminal", "TEXT", When, "terminal", ConditionBuilders.Text("terminal", "tty")) with
            {
                LongHelp = "pts0, tty1, ssh, cron: as the record has it.",
            },
            new("-r", "--raw", null, Printing, "records as they stand in the trail", (request, words) => FormatOption.Choose(request, OutputFormat.Raw))
            {
                LongHelp = "For other tools, and to keep: aureport and ausearch itself read it from a pipe.",
            },
            new("-i", "--interpret", null, Printing, "values in words", (request, words) => FormatOption.Choose(request, OutputFormat.Interpret))
            {
                LongHelp = "Users, groups, system calls and their arguments, modes, addresses, errors and times are named; what is hex is decoded. Names are those of this machine unless the records carry their own.",
            },
            new(null, "--format", "FORMAT", Printing, "raw, default, interpret, csv, text", FormatOption.Take)
            {
                LongHelp = "raw: as in the log. default: with a line for the time. interpret: as -i. csv: one line an event, with columns for who did what to what. text: one sentence an event.",
                Values = OptionValues.Of("raw default interpret csv text"),
            },
            Flag(null, "--extra-keys", Printing, "csv: with the key", request => request.ExtraColumns |= CsvColumns.Keys),
            Flag(null, "--extra-labels", Printing, "csv: with the security labels", request => request.ExtraColumns |= CsvColumns.Labels),
            Flag(null, "--extra-obj2", Printing, "csv: with the second object", request => request.ExtraColumns |= CsvColumns.SecondObject),
            Flag(null, "--extra-time", Printing, "csv: with the parts of the time", request => request.ExtraColumns |= CsvColumns.Time) with
            {
                LongHelp = "Year, month, day, weekday (1 is Monday), hour, milliseconds and the offset of the time zone, for spreadsheets.",
            },
            new(null, "--escape", "MODE", Printing, "raw, tty (default), shell, shell_quote",
                (request, words) => ReadingOptions.TakeEscape(words, mode => request.Escape = mode))
            {
                LongHelp = "raw leaves bytes as they are, tty hides what could control a terminal, shell and shell_quote also what a shell would act on.",
                Values = OptionValues.Of("raw tty shell shell_quote"),
            },
            Flag("-l", "--line-buffered", Printing, "print every event at once", request => request.IsLineBuffered = true) with
            {
                LongHelp = "For a pipe into something that shows it as it comes.",
            },
            Flag(null, "--just-one", Printing, "end after the first event", request => request.EndsAfterFirst = true),
            Flag(null, "--debug", Printing, "show lines that are no records on standard error", request => request.ShowsBadLines = true),
            new("-if", "--input", "PATH", Input, "a log, or a directory of logs", (request, words) => ReadingOptions.TakeValue(words, path => request.InputPath = path))
            {
                LongHelp = "Of a directory audit.log, audit.log.1 and so on are read, oldest first.",
            },
            new(null, "--checkpoint", "FILE", Input, "only what is new since the run before, which left its end in FILE",
                (request, words) => ReadingOptions.TakeValue(words, path => request.CheckpointPath = path))
            {
                LongHelp = "FILE.position beside it lets a run read only what is new. Exit 10: FILE can't be used (-ts checkpoint goes by its time alone); 11: not saved; 12: its event is gone.",
            },
            Flag(null, "--input-logs", Input, "the logs of auditd.conf, even where standard input is a pipe", request => request.ReadsLogs = true),
            new(null, "--eoe-timeout", "SECONDS", Input, "how long an event stays open",
                (request, words) => ReadingOptions.TakeSeconds(words, seconds => request.EndOfEventTimeoutSeconds = seconds))
            {
                LongHelp = "Records of one event may come late; after so many seconds without one it is taken as complete. Default: auditd.conf, else 2.",
            },
            Flag("-v", "--version", About, "print the version", request => request.WantsVersion = true),
            Flag("-h", "--help", About, "print this", request => request.WantsHelp = true),
        ],
        OptionStyle.WholeWords);

    static Option<AusearchRequest> Selecting(
        string? shortName, string longName, string value, string category, string help, BuildCondition build, bool takesDash = false) =>
        new(shortName, longName, value, category, help, (request, words) =>
        {
            if (!(takesDash && IsNegative(words.Peek()) ? words.TryTakeAny(out string text) : words.TryTake(out text)))
                return $"argument is required for {words.Option}";
            request.Conditions.Add(new TypedCondition(words.Option, text, build));
            return null;
        });

    static Option<AusearchRequest> Flag(string? shortName, string longName, string category, string help, Action<AusearchRequest> set) =>
        new(shortName, longName, null, category, help, (request, _) =>
        {
            set(request);
            return null;
        });

    // -e -13, -ul -1, -e -EPERM: options have two dashes or begin with a letter of lower case.
    static bool IsNegative(string? word) => word is { Length: > 1 } && word[0] == '-' && (char.IsAsciiDigit(word[1]) || word[1] == 'E');
}
