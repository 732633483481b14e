using Akashi.Cli.CommandLine;
using Akashi.Configuration;
using Akashi.Daemon;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Auditd;

/// <summary>What was typed after <c>auditd</c>.</summary>
sealed class AuditdOptions
{
    /// <summary>What a running daemon starts the program with that it's about to become.</summary>
    public const string TrialOption = "--trial";

    const string Running = "Running";

    /// <summary>The options.</summary>
    public static OptionTable<AuditdOptions> Table { get; } = new(
        [
            new("-f", "--foreground", null, Running, "stay in the foreground; records go to standard output instead of the log, messages to standard error",
                (typed, _) => Set(() => typed.WritesToOutput = true))
            {
                LongHelp = "For looking at what comes, and for looking for faults.",
            },
            new("-l", "--allow_links", null, Running, "auditd.conf may be a symbolic link", (typed, _) => Set(() => typed.AllowsLink = true)),
            new("-n", "--disable_fork", null, Running, "stay in the foreground, for whoever supervises it", (typed, _) => Set(() => typed.IsSupervised = true))
            {
                LongHelp = "systemd's unit starts it so. Everything else is as in the background.",
            },
            new("-s", "--enable_state", "STATE", Running, "what becomes of the kernel's audit: enable (default), disable, nochange",
                (typed, words) => typed.TakeState(words))
            {
                LongHelp = "What is set when it begins.",
                Values = OptionValues.Of("enable disable nochange"),
            },
            new("-c", "--config_file", "DIR", Running, $"the directory of auditd.conf (default {AuditdConfiguration.DefaultDirectory})",
                (typed, words) => words.TryTakeAny(out string directory)
                    ? Set(() => typed.ConfigurationDirectory = directory)
                    : "-c needs a directory")
            {
                LongHelp = "plugins.d is looked for there too.",
            },
            new(null, TrialOption, null, Running, "look at the configuration, say what is wrong with it, and end", (typed, _) => Set(() => typed.IsTrial = true))
            {
                LongHelp = "So akashi restart tries a program before the daemon becomes it.",
            },
            new("-v", "--version", null, "About", "print the version", (typed, _) => Set(() => typed.WantsVersion = true)),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    /// <summary>-f.</summary>
    public bool WritesToOutput { get; private set; }

    /// <summary>-n.</summary>
    public bool IsSupervised { get; private set; }

    /// <summary>--trial.</summary>
    public bool IsTrial { get; private set; }

    /// <summary>-l.</summary>
    public bool AllowsLink { get; private set; }

    public string ConfigurationDirectory { get; set; } = AuditdConfiguration.DefaultDirectory;

    public EnableState State { get; private set; } = EnableState.Enable;

    public bool WantsVersion { get; private set; }

    public bool WantsHelp { get; private set; }

    // As the original: any beginning of the word is enough.
    string? TakeState(OptionWords words)
    {
        if (!words.TryTakeAny(out string word) || word.Length == 0)
            return "-s needs a state: enable, disable or nochange";
        foreach (EnableState state in (ReadOnlySpan<EnableState>)[EnableState.Enable, EnableState.Disable, EnableState.NoChange])
        {
            if (state.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                State = state;
                return null;
            }
        }

        return $"unknown state '{word}': enable, disable or nochange";
    }
}
