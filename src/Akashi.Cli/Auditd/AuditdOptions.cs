using Akashi.Cli.CommandLine;
using Akashi.Configuration;

namespace Akashi.Cli.Auditd;

/// <summary>What was typed after <c>auditd</c>.</summary>
sealed class AuditdOptions
{
    const string Running = "Running";

    /// <summary>The options.</summary>
    public static OptionTable<AuditdOptions> Table { get; } = new(
        [
            new("-n", "--disable_fork", null, Running, "stay in the foreground", (typed, _) => Set(() => typed.StaysInForeground = true)),
            new("-s", "--enable_state", "STATE", Running, "what becomes of the kernel's audit: enable (default), disable, nochange",
                (typed, words) => typed.TakeState(words)),
            new("-c", "--config_file", "DIR", Running, $"the directory of auditd.conf (default {AuditdConfiguration.DefaultDirectory})",
                (typed, words) => words.TryTakeAny(out string directory)
                    ? Set(() => typed.ConfigurationDirectory = directory)
                    : "-c needs a directory"),
            new("-v", "--version", null, "About", "print the version", (typed, _) => Set(() => typed.WantsVersion = true)),
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public bool StaysInForeground { get; private set; }

    public string ConfigurationDirectory { get; private set; } = AuditdConfiguration.DefaultDirectory;

    public EnableState State { get; private set; } = EnableState.Enable;

    public bool WantsVersion { get; private set; }

    public bool WantsHelp { get; private set; }

    static string? Set(Action assign)
    {
        assign();
        return null;
    }

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

/// <summary>What becomes of the kernel's audit when the daemon starts.</summary>
enum EnableState
{
    Enable,
    Disable,
    NoChange,
}
