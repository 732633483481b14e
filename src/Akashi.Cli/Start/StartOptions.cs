using Akashi.Cli.CommandLine;
using Akashi.Cli.Live;
using Akashi.Linux.Files;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Start;

/// <summary>What was typed after <c>akashi start</c>.</summary>
sealed class StartOptions : ShowingOptions
{
    const string Recording = "Recording";
    const string Showing = "Showing";

    /// <summary>The options.</summary>
    public static OptionTable<StartOptions> Table { get; } = new(
        [
            new(null, "--trail", "DIR", Recording, "keep audit.log in this directory (default /var/log/audit)",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.TrailDirectory = path) : "--trail needs a directory")
            {
                LongHelp = "It's made where it is missing.",
            },
            new(null, "--seconds", "N", Recording, "end after so many seconds", (typed, words) => typed.TakeSeconds(words)),
            new(null, "--rules", "FILE", Recording, "load these rules instead of the program's own",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.RulesPath = path) : "--rules needs a file")
            {
                LongHelp = "In auditctl's language, as in /etc/audit/rules.d.",
            },
            new(null, "--lock", "FILE", Recording, $"the lock against others that change the kernel's audit (default {FileLock.AuditPath})",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.LockPath = path) : "--lock needs a file")
            {
                LongHelp = "Whoever holds it has the kernel's audit to itself; a second start waits for nobody and says so.",
            },
            new(null, "--print-rules", null, Recording, "print the rules that are loaded, and end",
                (typed, _) => Set(() => typed.PrintsRules = true)),
            new(null, "--color", "WHEN", Showing, "auto (default), always or never; NO_COLOR counts where it is auto",
                (typed, words) => typed.TakeColor(words))
            {
                LongHelp = "Colours tell people, programs and failures apart.",
                Values = OptionValues.Of("auto always never"),
            },
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public string TrailDirectory { get; private set; } = "/var/log/audit";

    public string? RulesPath { get; private set; }

    public string LockPath { get; private set; } = FileLock.AuditPath;

    public bool PrintsRules { get; private set; }
}
