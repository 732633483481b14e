using Akashi.Cli.CommandLine;
using Akashi.Configuration;
using Akashi.Control;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Status;

/// <summary>What was typed after <c>akashi status</c>.</summary>
sealed class StatusOptions
{
    const string Showing = "Showing";

    /// <summary>The options.</summary>
    public static OptionTable<StatusOptions> Table { get; } = new(
        [
            new(null, "--json", null, Showing, "one JSON object instead of text", (typed, _) => Set(() => typed.IsJson = true)),
            new("-w", "--watch", null, Showing, "look again each second until Ctrl-C: in place on a terminal, else a line (with --json an object) for each look",
                (typed, _) => Set(() => typed.IsWatching = true)),
            new(null, "--color", "WHEN", Showing, "auto (default), always or never; NO_COLOR counts where it is auto",
                (typed, words) => typed.TakeColor(words)) { Values = OptionValues.Of("auto always never") },
            new(null, "--socket", "FILE", "Asking", $"the control socket (default {ControlRequest.SocketPath})",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.SocketPath = path) : "--socket needs a file"),
            new(null, "--conf", "DIR", "Asking", $"the directory of auditd.conf, where no service answers (default {AuditdConfiguration.DefaultDirectory})",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.ConfigurationDirectory = path) : "--conf needs a directory"),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public bool IsJson { get; private set; }

    public bool IsWatching { get; private set; }

    public bool? HasColors { get; private set; }

    public string SocketPath { get; private set; } = ControlRequest.SocketPath;

    public string ConfigurationDirectory { get; private set; } = AuditdConfiguration.DefaultDirectory;

    public bool WantsHelp { get; private set; }

    string? TakeColor(OptionWords words)
    {
        if (!words.TryTakeAny(out string word) || word is not ("auto" or "always" or "never"))
            return "--color needs auto, always or never";
        HasColors = word == "auto" ? null : word == "always";
        return null;
    }
}
