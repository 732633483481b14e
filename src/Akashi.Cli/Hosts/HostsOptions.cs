using Akashi.Cli.CommandLine;
using Akashi.Control;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Hosts;

/// <summary>What was typed after <c>akashi hosts</c>.</summary>
sealed class HostsOptions
{
    const string Showing = "Showing";

    /// <summary>The options.</summary>
    public static OptionTable<HostsOptions> Table { get; } = new(
        [
            new(null, "--json", null, Showing, "a JSON object for each host instead of a table", (typed, _) => Set(() => typed.IsJson = true)),
            new(null, "--silent", null, Showing, "only hosts that are silent; exit code 1 where there is one", (typed, _) => Set(() => typed.IsSilentOnly = true)),
            new(null, "--forget", "NODE", "Changing", "forget a host: the next sender that uses its name has it from then on; its log stays",
                (typed, words) => words.TryTakeAny(out string node) && node.Length > 0 ? Set(() => typed.Forgotten = node) : "--forget needs a node"),
            new(null, "--socket", "FILE", "Asking", $"the control socket (default {ControlRequest.SocketPath})",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.SocketPath = path) : "--socket needs a file"),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public bool IsJson { get; private set; }

    public bool IsSilentOnly { get; private set; }

    public string? Forgotten { get; private set; }

    public string SocketPath { get; private set; } = ControlRequest.SocketPath;

    public bool WantsHelp { get; private set; }
}
