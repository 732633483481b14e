using Akashi.Cli.CommandLine;
using Akashi.Control;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Restart;

/// <summary>What was typed after <c>akashi restart</c>.</summary>
sealed class RestartOptions
{
    /// <summary>The options.</summary>
    public static OptionTable<RestartOptions> Table { get; } = new(
        [
            new(null, "--socket", "FILE", "Asking", $"the control socket (default {ControlRequest.SocketPath})",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.SocketPath = path) : "--socket needs a file"),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public string SocketPath { get; private set; } = ControlRequest.SocketPath;

    public bool WantsHelp { get; private set; }
}
