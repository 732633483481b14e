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
            Selecting("-ua", "--uid-all", "USER", Who, "uid, euid or auid", ConditionBuilders.User("uid", "euid", "auid"), takesDash: true),
            Selecting("-ul", "--loginuid", "USER", Who, "login user (auid)", ConditionBuilders.User("auid"), takesDash: true),
            Selecting("-ui", "--uid", "USER", Who, "user (uid)", ConditionBuilders.User("uid"), takesDash: true),
            Selecting("-ue", "--uid-effective", "USER", Who, "effective user (euid)", ConditionBuilders.User("euid"), takesDash: true),
            Selecting("-ga", "--gid-all", "GROUP", Who, "gid or egid", ConditionBuilders.Group("gid", "egid")),
            Selecting("-gi", "--gid", "GROUP", Who, "group (gid)", ConditionBuilders.Group("gid")),
            Selecting("-ge", "--gid-effective", "GROUP", Who, "effective group (egid)", ConditionBuilders.Group("egid")),
            Selecting(null, "--session", "NUMBER", Who, "login session; unset or -1 for none", ConditionBuilders.Session, takesDash: true),
            Selecting("-p", "--pid", "NUMBER", Who, "process", ConditionBuilders.Number("pid")),
            Selecting("-pp", "--ppid", "NUMBER", Who, "parent process", ConditionBuilders.Number("ppid")),
            Selecting("-su", "--subject", "LABEL", Who, "security label of the subject", ConditionBuilders.Text("subj", "scontext")),
            Selecting("-k", "--key", "TEXT", What, "key of the rule that caught it", ConditionBuilders.Key),
            new("-m", "--message", "TYPES", What, "record types, by name or number, joined by commas; ALL", RecordTypeOption.Take),
            Selecting("-sc", "--syscall", "CALL", What, "system call, by name or number", ConditionBuilders.Syscall),
            new(null, "--arch", "MACHINE", What, "machine of the program: b32, b64 or a name; before -sc", MachineOption.Take),
            Selecting("-sv", "--success", "yes|no", What, "whether it could be done", ConditionBuilders.Success),
            Selecting("-e", "--exit", "VALUE", What, "what the system call returned: a number, or the name of an error", ConditionBuilders.Exit, takesDash: true),
            Selecting("-x", "--executable", "TEXT", What, "program", ConditionBuilders.Text("exe")),
            Selecting("-c", "--comm", "TEXT", What, "command name", ConditionBuilders.Text("comm")),
            Selecting("-f", "--file", "TEXT", What, "file or directory", ConditionBuilders.File),
            Selecting("-o", "--object", "LABEL", What, "security label of the object", ConditionBuilders.Text("obj", "tcontext")),
            Selecting("-se", "--context", "LABEL", What, "either security label", ConditionBuilders.Text("subj", "scontext", "obj", "tcontext")),
            Selecting("-vm", "--vm-name", "TEXT", What, "virtual machine", ConditionBuilders.Text("vm")),
            Selecting("-uu", "--uuid", "TEXT", What, "uuid of a virtual machine", ConditionBuilders.Text("uuid")),
            Flag("-w", "--word", What, "texts must match as a whole", request => request.MatchesWholeWords = true),
            Selecting("-a", "--event", "SERIAL", When, "event by its serial", ConditionBuilders.Serial),
            new("-ts", "--start", "TIME", When, "from then: a date, a time or both, or a word", (request, words) => ReadingOptions.TakeTime(words, time => request.Start = time))
            {
                LongHelp = "Words: now, recent, this-hour, boot, today, yesterday, this-week, week-ago, this-month, this-year; checkpoint for the time of --checkpoint.",
            },
            new("-te", "--end", "TIME", When, "until then", (request, words) => ReadingOptions.TakeTime(words, time => request.End = time)),
            new("-n", "--node", "NAME", When, "node; may be given again for another", (request, words) => ReadingOptions.TakeValue(words, request.Nodes.Add)),
            Selecting("-hn", "--host", "TEXT", When, "host name or address it came from", ConditionBuilders.HostName),
            Selecting("-tm", "--terminal", "TEXT", When, "terminal", ConditionBuilders.Text("terminal", "tty")),
            new("-r", "--raw", null, Printing, "records as they stand in the trail", (request, words) => FormatOption.Choose(request, OutputFormat.Raw)),
            new("-i", "--interpret", null, Printing, "values in words", (request, words) => FormatOption.Choose(request, OutputFormat.Interpret)),
            new(null, "--format", "FORMAT", Printing, "raw, default, interpret, csv, text", FormatOption.Take),
            Flag(null, "--extra-keys", Printing, "csv: with the key", request => request.ExtraColumns |= CsvColumns.Keys),
            Flag(null, "--extra-labels", Printing, "csv: with the security labels", request => request.ExtraColumns |= CsvColumns.Labels),
            Flag(null, "--extra-obj2", Printing, "csv: with the second object", request => request.ExtraColumns |= CsvColumns.SecondObject),
            Flag(null, "--extra-time", Printing, "csv: with the parts of the time", request => request.ExtraColumns |= CsvColumns.Time),
            new(null, "--escape", "MODE", Printing, "raw, tty (default), shell, shell_quote",
                (request, words) => ReadingOptions.TakeEscape(words, mode => request.Escape = mode)),
            Flag("-l", "--line-buffered", Printing, "print every event at once", request => request.IsLineBuffered = true),
            Flag(null, "--just-one", Printing, "end after the first event", request => request.EndsAfterFirst = true),
            Flag(null, "--debug", Printing, "show lines that are no records on standard error", request => request.ShowsBadLines = true),
            new("-if", "--input", "PATH", Input, "a log, or a directory of logs", (request, words) => ReadingOptions.TakeValue(words, path => request.InputPath = path)),
            new(null, "--checkpoint", "FILE", Input, "only what is new since the run before, which left its end in FILE",
                (request, words) => ReadingOptions.TakeValue(words, path => request.CheckpointPath = path))
            {
                LongHelp = "FILE.position beside it lets a run read only what is new. Exit 10: FILE can't be used (-ts checkpoint goes by its time alone); 11: not saved; 12: its event is gone.",
            },
            Flag(null, "--input-logs", Input, "the logs of auditd.conf, even where standard input is a pipe", request => request.ReadsLogs = true),
            new(null, "--eoe-timeout", "SECONDS", Input, "how long an event stays open",
                (request, words) => ReadingOptions.TakeSeconds(words, seconds => request.EndOfEventTimeoutSeconds = seconds)),
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
