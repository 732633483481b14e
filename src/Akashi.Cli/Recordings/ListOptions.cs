using Akashi.Cli.CommandLine;
using Akashi.Control;
using Akashi.Daemon.Recordings;
using Akashi.Recordings;
using Akashi.Reports;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Recordings;

/// <summary>What was typed after <c>akashi recordings</c> where nothing else is asked for than the list.</summary>
sealed class ListOptions
{
    const string Which = "Which sessions";
    const string How = "How they are written";

    /// <summary>The options.</summary>
    public static OptionTable<ListOptions> Table { get; } = new(
        [
            Value("--user", "USER", Which, "of this person: the login user, by name or number", (typed, text) => typed.User = text),
            Value("--since", "TIME", Which, "that went on then or later: 2h, '3 days ago', 10:30, 2026-11-20, yesterday, boot …", (typed, text) => typed.Since = text) with
            {
                Values = new(ValueKind.Time, "10m 1h 1d"),
            },
            Value("--until", "TIME", Which, "that began then or earlier, in the same forms; a day counts whole", (typed, text) => typed.Until = text),
            Value("--host", "HOST", Which, "recorded on this machine, or that came from this address", (typed, text) => typed.Host = text),
            new(null, "--state", "STATE", Which, "live, finished, cut (no end, and nobody writes it) or suspect", (typed, words) => typed.TakeState(words))
            {
                Values = OptionValues.Of("live finished cut suspect"),
            },
            Value("--text", "TEXT", Which, "that showed this text, or where it was typed (ABC is abc): reads them whole", (typed, text) => typed.Text = text) with
            {
                LongHelp = "Looks at every screen, as `akashi replay --find` does, of each session that the other options leave. Each is handed out by auditd, which writes an audit record "
                    + "(op=recording-search) first.",
            },
            new(null, "--unrecorded", null, Which, "instead: logins at a terminal that have no recording, of people who have had one, or whose login shell is the recorder's", (typed, _) => Set(() => typed.WantsUnrecorded = true))
            {
                LongHelp = "By the audit trail: records USER_LOGIN of sshd and login, less the sessions that have or had a recording; why there is none where the recorder said it. --user, --since, "
                    + "--until and --host (the address) choose among them. Who never had a recording, and is recorded by ForceCommand or /etc/profile.d, isn't known here.",
            },
            new(null, "--format", "FORMAT", How, "table (default), json (a line each), csv", (typed, words) => typed.TakeFormat(words)) { Values = OptionValues.Of("table json csv") },
            new(null, "--json", null, How, "the same as --format json", (typed, _) => Set(() => typed.Format = RowFormat.Json)),
            new(null, "--csv", null, How, "the same as --format csv", (typed, _) => Set(() => typed.Format = RowFormat.Csv)),
            Value("--dir", "DIR", "Where", $"the recordings of this directory (default {RecordingCatalog.DefaultDirectory})", (typed, text) => typed.Directory = text),
            Value("--trail", "PATH", "Where", "the audit trail where started programs are counted (CMDS), a log or a directory; else auditd.conf's, with --dir none", (typed, text) => typed.Trail = text),
            Value("--socket", "FILE", "Where", $"the control socket (default {ControlRequest.SocketPath})", (typed, text) => typed.SocketPath = text),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public string? User { get; private set; }

    public string? Since { get; private set; }

    public string? Until { get; private set; }

    public string? Host { get; private set; }

    public string? Text { get; private set; }

    public RecordingState? State { get; private set; }

    public RowFormat Format { get; private set; }

    public string? Directory { get; private set; }

    public string SocketPath { get; private set; } = ControlRequest.SocketPath;

    public string? Trail { get; private set; }

    public bool WantsUnrecorded { get; private set; }

    /// <summary>Who has the recorder's login shell; for tests.</summary>
    public string ShellsPath { get; set; } = Configuration.LoginShells.Path;

    public bool WantsHelp { get; private set; }

    static Option<ListOptions> Value(string name, string value, string category, string help, Action<ListOptions, string> set) =>
        new(null, name, value, category, help, (typed, words) =>
            words.TryTakeAny(out string text) && text.Length > 0 ? Set(() => set(typed, text)) : $"{words.Option} needs a value");

    string? TakeState(OptionWords words)
    {
        words.TryTakeAny(out string word);
        State = word switch
        {
            "live" => RecordingState.Live,
            "finished" => RecordingState.Finished,
            "cut" => RecordingState.Cut,
            "suspect" => RecordingState.Suspect,
            _ => null,
        };
        return State is null ? $"no state '{word}': live, finished, cut or suspect" : null;
    }

    string? TakeFormat(OptionWords words)
    {
        words.TryTakeAny(out string word);
        RowFormat? format = word switch { "table" => RowFormat.Table, "json" => RowFormat.Json, "csv" => RowFormat.Csv, _ => null };
        Format = format ?? RowFormat.Table;
        return format is null ? $"no format '{word}': table, json or csv" : null;
    }
}
