using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Aulast;

/// <summary>What was typed after <c>aulast</c>, and its options.</summary>
sealed class AulastRequest
{
    const string What = "What is shown";
    const string Input = "Input";

    public static OptionTable<AulastRequest> Table { get; } = new(
        [
            Flag("--bad", What, "logins that failed", request => request.ShowsFailures = true),
            Value("--user", "NAME", What, "sessions of this user", (request, name) => request.User = name),
            Value("--tty", "TERMINAL", What, "sessions on this terminal, without /dev/", (request, name) => request.Terminal = name) with
            {
                LongHelp = "pts0, tty1, ssh.",
            },
            Flag("--proof", What, "which events say so, and how to find the session's", request => request.ShowsProof = true) with
            {
                LongHelp = "For each session the serials of its records are shown, and an ausearch command for everything done in it.",
            },
            Flag("--extract", What, "write the records used into aulast.log", request => request.Extracts = true) with
            {
                LongHelp = "For keeping, or for another look: aulast -f aulast.log.",
            },
            Flag("--debug", What, "accepted; nothing more is said", _ => { }),
            new("-f", null, "FILE", Input, "read this file", (request, words) => Take(words, path => request.Path = path))
            {
                LongHelp = "Otherwise it's the logs that auditd.conf names.",
            },
            Flag("--stdin", Input, "read standard input", request => request.ReadsStandardInput = true) with
            {
                LongHelp = "For the output of ausearch --raw.",
            },
        ],
        OptionStyle.WholeWords);

    public bool ShowsFailures { get; private set; }

    public string? User { get; private set; }

    public string? Terminal { get; private set; }

    public bool ShowsProof { get; private set; }

    public bool Extracts { get; private set; }

    public string? Path { get; private set; }

    public bool ReadsStandardInput { get; private set; }

    static Option<AulastRequest> Flag(string name, string category, string help, Action<AulastRequest> set) =>
        new(null, name, null, category, help, (request, _) =>
        {
            set(request);
            return null;
        });

    static Option<AulastRequest> Value(string name, string value, string category, string help, Action<AulastRequest, string> set) =>
        new(null, name, value, category, help, (request, words) => Take(words, word => set(request, word)));

    static string? Take(OptionWords words, Action<string> assign)
    {
        if (!words.TryTake(out string value))
            return $"argument is required for {words.Option}";
        assign(value);
        return null;
    }
}
