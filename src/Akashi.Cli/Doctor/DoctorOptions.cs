using Akashi.Cli.CommandLine;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Doctor;

/// <summary>What was typed after <c>akashi doctor</c>.</summary>
sealed class DoctorOptions
{
    /// <summary>The options.</summary>
    public static OptionTable<DoctorOptions> Table { get; } = new(
        [
            new("-a", "--all", null, "What is shown", "what is fine too", (typed, _) => Set(() => typed.ShowsAll = true)),
            new(null, "--json", null, "What is shown", "everything, as an array of name, severity (fine, note, warning, problem), what, why, mend",
                (typed, _) => Set(() => typed.IsJson = true)),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public bool ShowsAll { get; private set; }

    public bool IsJson { get; private set; }

    public bool WantsHelp { get; private set; }
}
